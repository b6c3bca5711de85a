package io.muster.localstack;

import io.muster.localstack.part.KafkaPart;
import io.muster.localstack.part.PostgresPart;
import io.muster.localstack.process.OrderlyStop;
import io.muster.localstack.process.OrderlyStop.Running;
import io.muster.localstack.service.StackService;
import java.util.ArrayList;
import java.util.List;

/** Processes of a stack whose launcher is gone, found by their mark. */
final class Leftovers {
  private final StackFolder folder;

  Leftovers(StackFolder folder) {
    this.folder = folder;
  }

  /**
   * Ends them in order. Only called while the stack's lock is ours.
   *
   * @return names of the parts that were still running
   */
  List<String> end() throws InterruptedException {
    List<Running> services = new ArrayList<>();
    for (StackService service : StackService.values()) {
      services.addAll(running(service.serviceName()));
    }
    services.addAll(running(ClassArchives.NAME));
    List<Running> kafka = running(KafkaPart.NAME);
    List<Running> postgresql = running(PostgresPart.NAME);
    List<String> names = new ArrayList<>();
    for (List<Running> together : List.of(services, kafka, postgresql)) {
      OrderlyStop.of(together);
      together.forEach(one -> names.add(one.part().name()));
    }
    return names;
  }

  private List<Running> running(String name) {
    return folder.mark(name).processes().stream()
        .map(process -> new Running(new Leftover(name), process))
        .toList();
  }
}

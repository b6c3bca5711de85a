package io.muster.localstack;

import io.muster.localstack.part.KafkaPart;
import io.muster.localstack.part.PostgresPart;
import io.muster.localstack.process.OrderlyStop;
import io.muster.localstack.process.OrderlyStop.Running;
import io.muster.localstack.process.ProcessMark;
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
    List<Running> kafka = new ArrayList<>();
    List<Running> postgresql = new ArrayList<>();
    // By what runs, not by what this launcher would start: there may be more instances of it.
    ProcessMark.allIn(folder.path())
        .forEach(
            (process, name) ->
                (switch (name) {
                      case KafkaPart.NAME -> kafka;
                      case PostgresPart.NAME -> postgresql;
                      default -> services;
                    })
                    .add(new Running(new Leftover(name), process)));
    List<String> names = new ArrayList<>();
    for (List<Running> together : List.of(services, kafka, postgresql)) {
      OrderlyStop.of(together);
      together.forEach(one -> names.add(one.part().name()));
    }
    return names;
  }
}

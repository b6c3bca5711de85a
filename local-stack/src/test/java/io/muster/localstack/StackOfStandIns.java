package io.muster.localstack;

import io.muster.localstack.home.MusterHome;
import io.muster.localstack.service.StackService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A whole stack, except that the services are {@link StandInService}s. */
public final class StackOfStandIns {
  private StackOfStandIns() {}

  static LocalStack in(Path folder, Consumer<String> tell) throws Exception {
    return with(StackOptions.keeping(folder, 0), tell);
  }

  static LocalStack with(StackOptions options, Consumer<String> tell) throws Exception {
    Path services = Files.createDirectories(Path.of("target", "stand-ins")).toAbsolutePath();
    for (StackService service : StackService.values()) {
      StandInService.layOut(services, service.serviceName());
    }
    Path root = MusterHome.find().root();
    return new LocalStack(options, tell, () -> new MusterHome(root, services));
  }

  /**
   * A launcher's process: the folder is its argument; {@code passing} stands for a temporary one.
   */
  public static void main(String[] arguments) throws Exception {
    boolean passing = arguments[0].equals("passing");
    LocalStack stack =
        with(
            passing ? StackOptions.passing() : StackOptions.keeping(Path.of(arguments[0]), 0),
            System.err::println);
    Runtime.getRuntime().addShutdownHook(new Thread(stack::close));
    stack.start();
    System.out.println("ready " + stack.folder());
    stack.awaitEnd();
  }
}

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
   * A launcher's process: its arguments are the folder, where {@code passing} stands for a
   * temporary one, and the number of instances.
   */
  public static void main(String[] arguments) throws Exception {
    boolean passing = arguments[0].equals("passing");
    StackOptions options =
        passing ? StackOptions.passing() : StackOptions.keeping(Path.of(arguments[0]), 0);
    LocalStack stack =
        with(options.withInstances(Integer.parseInt(arguments[1])), System.err::println);
    Runtime.getRuntime().addShutdownHook(new Thread(stack::close));
    stack.start();
    System.out.println("ready " + stack.folder());
    stack.awaitEnd();
  }
}

package io.muster.localstack.part;

import io.muster.localstack.home.PrivateFiles;
import io.muster.localstack.process.ChildProcess;
import io.muster.localstack.process.Part;
import io.muster.localstack.process.ProcessMark;
import io.muster.localstack.service.HealthCheck;
import io.muster.localstack.service.ServiceInstance;
import io.muster.localstack.service.ServiceProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An instance of one of the four services under supervision.
 *
 * @param program its build's result
 * @param settings its properties file, mode 0600: passwords never stand on a command line
 */
public record ServicePart(
    ServiceInstance instance,
    ServiceProgram program,
    Path settings,
    Path log,
    int port,
    ProcessMark mark)
    implements Part {

  @Override
  public String name() {
    return instance.name();
  }

  @Override
  public Process start() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(mark.javaArgument());
    command.addAll(instance.service().memoryFlags());
    // least memory and threads beside three other services, a broker and a database on two cores
    command.add("-XX:+UseSerialGC");
    command.addAll(instance.service().compilerFlags());
    // A killed process leaves behind what it unpacked there, native libraries for instance.
    command.add("-Djava.io.tmpdir=" + PrivateFiles.emptied(temporaryFiles()));
    // better dead and restarted than half alive
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("-Dquarkus.config.locations=" + settings.toUri().toString().replace(",", "\\,"));
    command.addAll(program.arguments(loadedClasses()));
    return new ChildProcess(command, Map.of(), log).start();
  }

  private Path temporaryFiles() {
    return settings.resolveSibling(name() + ".tmp");
  }

  /** Where its JVM writes down what it loads, when there is no archive of it yet. */
  public Path loadedClasses() {
    return settings.resolveSibling(name() + ".loaded");
  }

  @Override
  public boolean isReady(ProcessHandle process) {
    return process.isAlive() && HealthCheck.of(port).isUp();
  }

  @Override
  public void askToStop(ProcessHandle process) {
    process.destroy();
  }

  @Override
  public Duration stopPatience() {
    return Duration.ofSeconds(5);
  }
}

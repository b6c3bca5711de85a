package io.muster.localstack.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A program that runs beside us, with its output in a log file and nothing of our terminal.
 *
 * @param command program and arguments; one of them is the part's {@link ProcessMark}
 * @param environment added to ours, from which everything that could change the program's settings
 *     is taken out
 * @param log appended to
 */
public record ChildProcess(List<String> command, Map<String, String> environment, Path log) {
  private static final List<String> FOREIGN_SETTINGS =
      List.of("QUARKUS_", "SMALLRYE_", "MP_", "KAFKA_", "PG", "MUSTER_", "JAVA_TOOL_OPTIONS");

  public ChildProcess {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    Objects.requireNonNull(log, "log");
  }

  /**
   * Starts it; its pid is the program's own.
   *
   * @throws UncheckedIOException when the program can't be run
   */
  public Process start() {
    ProcessBuilder builder = new ProcessBuilder(Detached.command(command));
    builder
        .environment()
        .keySet()
        .removeIf(name -> FOREIGN_SETTINGS.stream().anyMatch(name::startsWith));
    builder.environment().putAll(environment);
    builder.redirectInput(new File("/dev/null"));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException("can't start " + command.get(0), e);
    }
  }
}

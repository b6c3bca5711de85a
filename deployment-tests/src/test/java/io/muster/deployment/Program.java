package io.muster.deployment;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs a program of this machine. */
public final class Program {
  private Program() {}

  /** What it printed, errors among it, and its exit code. */
  public record Ended(int code, String output) {}

  /**
   * Skips the running test, with a notice, where the program is missing; fails it in CI, which has
   * to have all of them ({@code .ci/run} installs them).
   */
  public static void require(String name) {
    boolean there =
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    if (!there && System.getenv("CI") != null) {
      throw new IllegalStateException(name + " is missing; .ci/run installs it");
    }
    assumeTrue(there, name + " is missing: not checked here, but in CI");
  }

  /**
   * Blocks until it has ended.
   *
   * @param environment in addition to this process's own
   * @throws IllegalStateException when that takes more than three minutes
   */
  public static Ended run(Path folder, Map<String, String> environment, List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      Path output = Files.createTempFile("program-", ".out");
      try {
        Process process = builder.redirectOutput(output.toFile()).start();
        process.getOutputStream().close();
        if (!process.waitFor(3, TimeUnit.MINUTES)) {
          process.destroyForcibly();
          throw new IllegalStateException("did not end: " + command);
        }
        return new Ended(process.exitValue(), Files.readString(output));
      } finally {
        Files.delete(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}

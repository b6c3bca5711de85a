package io.muster.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The {@code muster} command as a process of its own, as the launcher starts it. */
final class CommandLine {
  private static final long PATIENCE_SECONDS = 180;

  private CommandLine() {}

  /** How a command ended. */
  record Ended(List<String> command, int exit, String out, String err) {
    Ended expectExit(int expected) {
      if (exit != expected) {
        throw new AssertionError(
            "%s ended with %d instead of %d%n%s%n%s".formatted(command, exit, expected, out, err));
      }
      return this;
    }
  }

  static ProcessBuilder process(String... arguments) {
    Path home = Path.of(System.getProperty("muster.home"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dmuster.home=" + home);
    command.add("-cp");
    command.add(
        home.resolve("cli/target/cli-0.1.0-SNAPSHOT.jar")
            + System.getProperty("path.separator")
            + home.resolve("cli/target/lib")
            + "/*");
    command.add("io.muster.cli.Muster");
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("MUSTER_HOME", home.toString());
    return builder;
  }

  static Ended run(String... arguments) {
    return run(new byte[0], arguments);
  }

  /** Runs a command to its end with that on its standard input. */
  static Ended run(byte[] input, String... arguments) {
    try {
      Path in = Files.createTempFile("muster-in", null);
      Path out = Files.createTempFile("muster-out", null);
      Path err = Files.createTempFile("muster-err", null);
      try {
        Files.write(in, input);
        Process process =
            process(arguments)
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
          throw new AssertionError(List.of(arguments) + " did not end: " + Files.readString(err));
        }
        return new Ended(
            List.of(arguments),
            process.exitValue(),
            Files.readString(out, StandardCharsets.UTF_8),
            Files.readString(err, StandardCharsets.UTF_8));
      } finally {
        Files.delete(in);
        Files.delete(out);
        Files.delete(err);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}

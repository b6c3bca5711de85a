package io.muster.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... arguments) {
    return Benchmarks.run(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        Clock.systemUTC(),
        arguments);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--rows 0",
        "--rows 20000001",
        "--rows many",
        "--repeat 0",
        "--given-rows 0",
        "--with-accounts -1",
        "--warm-up -1",
        "--scenario nothing",
        "--nothing"
      })
  void refusesWhatMeansNothingAndSaysWhereToLook(String line) {
    assertThat(run(line.split(" "))).isEqualTo(2);

    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("benchmarks/run: ")
        .contains("See benchmarks/run --help.");
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void refusesAFolderThatCantBeMadeBeforeAnythingIsMeasured(@TempDir Path folder)
      throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    assertThat(run("--out", file.resolve("below").toString())).isEqualTo(2);

    assertThat(err.toString(StandardCharsets.UTF_8)).contains("can't be made");
  }

  @Test
  void explainsItsOptionsAndScenarios() {
    assertThat(run("--help")).isZero();

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("--rows", "--scenario", "--repeat", "--given-rows", "--with-accounts", "--out")
        .contains("enable-given", "set-password", "limits")
        .contains("Exit codes: 0 done");
  }
}

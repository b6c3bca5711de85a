package io.muster.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README's own command blocks, run as they stand. */
class ReadmeDT {
  private static final Pattern BLOCK =
      Pattern.compile("^```\\w*\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
  private static final long PATIENCE_SECONDS = 240;

  private final Path home = Path.of(System.getProperty("muster.home"));

  /** What came of a block. */
  private record Ran(int exit, String out) {}

  @Test
  void whatTheReadmeSaysToTryByHandWorks() throws Exception {
    RunningSystem system = RunningSystem.shared();

    // As a shell does it, but the first command that fails ends it.
    Ran ran = run("set -eo pipefail\n" + block("./muster generate"), system.data());

    assertThat(ran.exit()).as(ran.out()).isZero();
    assertThat(ran.out())
        .contains("100 succeeded, 0 failed", "50 succeeded, 0 failed", "chris@contoso.com", "E3");

    // A watch ends with 1 when rows failed, as some are meant to here.
    Ran again = run(block("dry="), system.data());

    assertThat(again.exit()).as(again.out()).isZero();
    assertThat(again.out())
        .contains(
            "100 rows: 59 would succeed, 41 would fail",
            "This file needs 50 seats of E3, 9 are free.",
            "100 rows: 59 succeeded, 41 failed",
            "41 rows: 41 succeeded, 0 failed",
            "59 rows: 59 succeeded, 0 failed");
  }

  @Test
  void theDemoShowsWhatItPromisesAndLeavesNothing() throws Exception {
    Ran ran = run(block("./muster demo").lines().findFirst().orElseThrow(), home);

    assertThat(ran.exit()).as(ran.out()).isZero();
    assertThat(ran.out())
        .contains(
            "10,000 rows: 10,000 succeeded, 0 failed",
            "10,000 rows: 9,993 succeeded, 7 failed",
            "the numbers agree",
            "NO_SEATS_LEFT",
            "nothing of it is left");
  }

  /** The block that begins with those words. */
  private String block(String beginning) throws IOException {
    List<String> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(Files.readString(home.resolve("README.md")));
    while (matcher.find()) {
      blocks.add(matcher.group(1));
    }
    return blocks.stream().filter(b -> b.startsWith(beginning)).findFirst().orElseThrow();
  }

  private Ran run(String commands, Path data) throws IOException, InterruptedException {
    Path out = Files.createTempFile("muster-readme", null);
    try {
      ProcessBuilder builder = new ProcessBuilder("bash", "-c", commands);
      builder.directory(home.toFile()).redirectErrorStream(true).redirectOutput(out.toFile());
      builder.environment().put("MUSTER_DATA", data.toString());
      Process process = builder.start();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroy();
        throw new AssertionError("did not end: " + Files.readString(out));
      }
      return new Ran(process.exitValue(), Files.readString(out));
    } finally {
      Files.delete(out);
    }
  }
}

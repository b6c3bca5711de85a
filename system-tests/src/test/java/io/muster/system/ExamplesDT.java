package io.muster.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The commands of examples/README.md, run as they stand in a tenant of their own. */
class ExamplesDT {
  private static final Pattern BLOCK =
      Pattern.compile("^```\\w*\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
  private static final long PATIENCE_SECONDS = 240;

  private final Path home = Path.of(System.getProperty("muster.home"));

  @Test
  void everyRowOfEveryExampleIsDoneInTheOrderOfThePage() throws Exception {
    RunningSystem system = RunningSystem.shared();
    Matcher block = BLOCK.matcher(Files.readString(home.resolve("examples/README.md")));
    assertThat(block.find()).isTrue();
    Path out = Files.createTempFile("muster-examples", null);
    // As a shell does it, but the first command that fails ends it: an import exits 1 for a row.
    ProcessBuilder bash = new ProcessBuilder("bash", "-c", "set -e\n" + block.group(1));
    bash.directory(home.toFile()).redirectErrorStream(true).redirectOutput(out.toFile());
    bash.environment().put("MUSTER_DATA", system.data().toString());
    bash.environment().put("MUSTER_TOKEN", system.as("examples", "tenant-admin").token());

    Process process = bash.start();
    boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    process.destroy();

    String told = Files.readString(out);
    Files.delete(out);
    assertThat(ended && process.exitValue() == 0).as(told).isTrue();
    assertThat(told).contains("by operation: ", "7 succeeded, 0 failed");
  }
}

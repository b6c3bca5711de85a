package io.muster.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way with a handful of rows: nothing of what it measures is looked at, only that. */
class BenchmarkST {
  private static final int ROWS = 150;
  private static final int GIVEN = 5;

  @Test
  void measuresFilesAndLeavesATableAndADocument(@TempDir Path folder) throws IOException {
    // Given
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();

    // When
    int exit =
        Benchmarks.run(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Clock.systemUTC(),
            ("--rows " + ROWS + " --given-rows " + GIVEN + " --warm-up 0 --settle 2")
                .concat(" --scenario add,enable,enable-given,remove --out ")
                .concat(folder.toString())
                .split(" "));

    // Then
    assertThat(exit).as(err.toString(StandardCharsets.UTF_8)).isZero();
    String page = out.toString(StandardCharsets.UTF_8);
    assertThat(page).isEqualTo(Files.readString(folder.resolve("report.md")));
    assertThat(page).contains("| `add` | 150 |", "| `enable-given` | 5 |", "## Bytes per row");
    JsonNode report = new JsonMapper().readTree(folder.resolve("report.json").toFile());
    assertThat(report.path("scenarios").findValuesAsText("scenario"))
        .containsExactly("add", "enable", "enable-given", "remove");
    for (JsonNode scenario : report.path("scenarios")) {
      assertMeasured(scenario);
    }
    assertThat(report.at("/software/postgresqlSettings/fsync").asText()).isEqualTo("on");
  }

  private static void assertMeasured(JsonNode scenario) {
    String name = scenario.path("scenario").asText();
    JsonNode run = scenario.path("median");
    assertThat(run.path("rows").asInt())
        .as(name)
        .isEqualTo(name.equals("enable-given") ? GIVEN : ROWS);
    assertThat(run.path("failedRows").asInt()).as(name).isZero();
    assertThat(run.path("rowsPerSecond").asDouble()).as(name).isPositive();
    assertThat(run.path("processes").findValuesAsText("name"))
        .as(name)
        .containsExactlyInAnyOrder(
            "bulk-ingest-service",
            "user-service",
            "license-service",
            "gateway",
            "kafka",
            "postgresql",
            "client");
    if (Files.isReadable(Path.of("/proc/self/stat"))) {
      for (JsonNode process : run.path("processes")) {
        assertThat(process.path("peakBytes").asLong()).as(name + " " + process).isPositive();
        assertThat(process.path("cpuSeconds").isNumber()).as(name + " " + process).isTrue();
      }
    }
    assertThat(run.at("/bus/messagesPerRow").asDouble()).as(name).isGreaterThanOrEqualTo(2);
    assertThat(run.at("/disk/walBytes").asLong()).as(name).isPositive();
    assertThat(run.at("/disk/spoolBytes").asLong()).as(name).isPositive();
    assertThat(run.at("/disk/tables").findValuesAsText("table"))
        .as(name)
        .contains("account", "command_inbox");
  }
}

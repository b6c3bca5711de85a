package io.muster.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class JsonReportTest {
  private static JsonNode add(Report report) {
    return new JsonReport(report).document().path("scenarios").path(0);
  }

  @Test
  void hasTheFiguresOfTheRunInTheMiddle() {
    // Given three runs of a thousand rows
    Report report =
        Runs.report(3, Runs.taking("add", 4), Runs.taking("add", 1), Runs.taking("add", 2));

    // When
    JsonNode add = add(report);

    // Then
    assertThat(add.path("rowsPerSecond").asDouble()).isEqualTo(500);
    assertThat(add.path("slowestRowsPerSecond").asDouble()).isEqualTo(250);
    assertThat(add.path("fastestRowsPerSecond").asDouble()).isEqualTo(1_000);
    assertThat(add.path("runs")).hasSize(3);
  }

  @Test
  void takesTheSlowerOfTwoRuns() {
    Report report = Runs.report(2, Runs.taking("add", 1), Runs.taking("add", 2));

    assertThat(add(report).path("rowsPerSecond").asDouble()).isEqualTo(500);
  }

  @Test
  void dividesCpuByRowsAndByAllCores() {
    // Given half a second of CPU in two seconds of two cores
    JsonNode process = add(Runs.report(1, Runs.taking("add", 2))).at("/median/processes/0");

    assertThat(process.path("cpuMicrosPerRow").asDouble()).isEqualTo(500);
    assertThat(process.path("cpuOfAllCores").asDouble()).isEqualTo(0.125);
  }

  @Test
  void tellsWhatWasNotMeasuredFromZero() {
    JsonNode process = add(Runs.report(1, Runs.taking("add", 2))).at("/median/processes/1");

    assertThat(process.path("cpuSeconds").isNull()).isTrue();
    assertThat(process.path("cpuOfAllCores").isNull()).isTrue();
    assertThat(process.path("peakBytes").isNull()).isTrue();
  }

  @Test
  void holdsTheRateAgainstTheSlowestLimitThatBoundsIt() {
    // Given a loop of single calls that is slower than everything, but no bound
    Report report =
        Runs.report(
            1,
            Runs.taking(
                "add",
                2,
                Runs.limit("fast", 5_000, true),
                Runs.limit("slow", 1_250, true),
                Runs.limit("loop", 50, false)));

    // When
    JsonNode run = add(report).path("median");

    // Then
    assertThat(run.path("slowestLimit").asText()).isEqualTo("slow");
    assertThat(run.path("fractionOfLimit").asDouble()).isEqualTo(0.4, within(1e-9));
    assertThat(run.path("limits")).hasSize(3);
  }

  @Test
  void dividesBytesByRows() {
    JsonNode run = add(Runs.report(1, Runs.taking("add", 2))).path("median");

    assertThat(run.at("/disk/databaseBytesPerRow").asDouble()).isEqualTo(400);
    assertThat(run.at("/disk/walBytesPerRow").asDouble()).isEqualTo(900);
    assertThat(run.at("/disk/spoolBytesPerRow").asDouble()).isEqualTo(120);
    assertThat(run.at("/bus/bytesPerRow").asDouble()).isEqualTo(250);
    assertThat(run.at("/bus/messagesPerRow").asDouble()).isEqualTo(1);
    assertThat(run.at("/upload/bytesPerSecond").asDouble()).isEqualTo(500_000);
    assertThat(run.at("/stages/0/microsPerRow").asDouble()).isEqualTo(250);
  }

  @Test
  void namesFailedRowsWithTheirCodes() {
    Report report = Runs.report(1, Runs.taking("add", 2), Runs.withFailedRows("enable", 7));

    assertThat(report.failures())
        .containsExactly(
            "enable: 7 of 1000 rows were not done, the job is PARTIALLY_FAILED"
                + " (7 x NO_SEATS_LEFT)");
    assertThat(new JsonReport(report).document().path("failures")).hasSize(1);
  }
}

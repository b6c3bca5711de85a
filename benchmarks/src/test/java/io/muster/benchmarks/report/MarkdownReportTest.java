package io.muster.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkdownReportTest {
  private static String page(Report report) {
    return new MarkdownReport(report).text();
  }

  @Test
  void tellsWhereAndWhatWasMeasured() {
    assertThat(page(Runs.report(1, Runs.taking("add", 2))))
        .contains("# Muster, measured 2026-11-25 02:03 UTC")
        .contains("2 cores (a cpu), 24.0 GiB, an os, kernel 1.2")
        .contains("Muster 0.1 (abc), PostgreSQL 18.1, Kafka 4.1.2, a java")
        .contains("most heap in MiB: user-service 512")
        .contains("PostgreSQL: fsync = on")
        .contains("no accounts there before, from a cold start, one run, took 12.5 s in all");
  }

  @Test
  void hasALineForEachScenario() {
    assertThat(page(Runs.report(1, Runs.taking("add", 2), Runs.taking("enable", 4))))
        .contains("| `add` | 1,000 | 2.00 | 500 | 0 | 0.20 | 5,000 | 0.50 | 1.00 | 3.00 |")
        .contains("| `enable` | 1,000 | 4.00 | 250 | 0 | 0.40 | 2,500 | 0.25 | 2.00 | 3.00 |")
        .doesNotContain("slowest to fastest")
        .doesNotContain("Beside the limits");
  }

  @Test
  void tellsHowFarRepeatedRunsLieApart() {
    assertThat(
            page(
                Runs.report(
                    3, Runs.taking("add", 4), Runs.taking("add", 1), Runs.taking("add", 2))))
        .contains("| `add` | 1,000 | 2.00 | 500 | 250 to 1,000 |");
  }

  @Test
  void saysNotMeasuredWhereNothingWasMeasured() {
    assertThat(page(Runs.report(1, Runs.taking("add", 2))))
        .contains("| `add` | 500 (13 %) | not measured | not measured | 40.0 (1.0 %) |")
        .contains("| `add` | 300 / 100 | not measured |")
        .contains("add: CPU and memory of some processes were not measured");
  }

  @Test
  void putsTheSlowestLimitInBold() {
    Report report =
        Runs.report(
            1,
            Runs.taking("add", 2, Runs.limit("slow", 1_250, true), Runs.limit("loop", 50, false)));

    assertThat(page(report))
        .contains("| `add` | **slow** | 1,250 rows | 1,250 | 40 % |")
        .contains("| `add` | loop (beside it) | 50.0 rows | 50.0 | 10.0 times |")
        .contains("- `add`, slow: what slow does");
  }

  @Test
  void tellsWhatIsNotAsItShouldBe() {
    assertThat(page(Runs.report(1, Runs.withFailedRows("enable", 7))))
        .contains("## Not as it should be")
        .contains("- enable: 7 of 1000 rows were not done")
        .contains("- enable: 50 % of the CPU went elsewhere");
  }

  @Test
  void showsStagesAndTablesPerRow() {
    assertThat(page(Runs.report(1, Runs.taking("add", 2))))
        .contains("| `add` | user-service | `account` | 1.00 | 0.00 | 0.00 | 0.00 | 400 |")
        .contains("| `add` | user-service | transaction | 0.25 | 250 | 10 |");
  }
}

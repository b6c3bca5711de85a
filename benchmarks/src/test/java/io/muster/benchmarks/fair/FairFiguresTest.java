package io.muster.benchmarks.fair;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FairFiguresTest {
  private static final Latencies OF_ONE_TO_200 =
      new Latencies(IntStream.rangeClosed(1, 200).mapToObj(Duration::ofMillis).toList());
  private static final Latencies NONE = new Latencies(List.of());

  @Test
  void aPercentileIsATimeThatWasMeasured() {
    assertThat(OF_ONE_TO_200.at(50)).isEqualTo(100);
    assertThat(OF_ONE_TO_200.at(99)).isEqualTo(198);
    assertThat(OF_ONE_TO_200.at(100)).isEqualTo(200);
    assertThat(new Latencies(List.of(Duration.ofMillis(7))).at(99)).isEqualTo(7);
    assertThat(NONE.at(99)).isZero();
  }

  @Test
  void whatItCostsIsTakenFromMediansSoThatOneBadRunTellsNothing() {
    FairFigures figures =
        new FairFigures(
            Load.ONE_JOB,
            List.of(200_000L),
            List.of(10_000.0, 9_000.0, 100.0),
            List.of(8_100.0, 8_550.0, 50_000.0),
            OF_ONE_TO_200,
            NONE);

    assertThat(figures.downBy()).isEqualTo(5.0);
    assertThat(figures.row())
        .isEqualTo(
            "| one job (1 x 200,000 rows) | 9,000 | 8,550 | 5.0 % | 100 / 190 / 198 / 200 ms"
                + " | 0 / 0 / 0 / 0 ms |\n");
    assertThat(figures.json().path("smallJobs").path("p99Millis").asLong()).isEqualTo(198);
    assertThat(figures.json().path("rowsPerSecondAlone")).hasSize(3);
  }

  @Test
  void everyLoadHasJobsOfAtLeastAThousandRows() {
    assertThat(Load.FIFTY_JOBS.jobs(200_000)).hasSize(50).containsOnly(4_000L);
    assertThat(Load.FIFTY_JOBS.jobs(1_000)).hasSize(50).containsOnly(1_000L);
    assertThat(Load.GIVEN_PASSWORDS.jobs(1_000_000)).containsExactly(10_000L);
  }
}

package io.muster.bulkingest.stream.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.bulkingest.stream.EndedRow;
import io.muster.chassis.wire.Wire;
import io.muster.contracts.command.Part;
import io.muster.contracts.result.PartOutcome;
import io.muster.contracts.result.RowResult;
import io.muster.contracts.topic.Topics;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class HearingOutcomesTest {
  private static final UUID JOB = UUID.fromString("01990000-0000-7000-8000-000000000001");
  private static final UUID OTHER = UUID.fromString("01990000-0000-7000-8000-000000000002");

  @Test
  void ofManyRowsEachIsStored() throws InterruptedException {
    List<RowResult> stored = new CopyOnWriteArrayList<>();
    GrowingJobs growing = new GrowingJobs();
    growing.add("contoso", JOB);
    OutcomesOfRows storing =
        new OutcomesOfRows(null, null) {
          @Override
          List<EndedRow> store(List<RowResult> results) {
            stored.addAll(results);
            return List.of();
          }
        };
    HearingOutcomes hearing =
        new HearingOutcomes(growing, storing, new TellingEnds(null, storing, List.of()));
    hearing.onStart(null);

    hear(hearing, applied(OTHER, 1, List.of(1L, 2L)));
    hear(hearing, applied(JOB, 3, List.of(3L, 5L)));
    hear(hearing, applied(JOB, 7, null));

    await().until(() -> stored.size() >= 3);
    hearing.onStop(null);
    assertThat(stored)
        .containsExactly(applied(JOB, 3, null), applied(JOB, 5, null), applied(JOB, 7, null));
  }

  private static void hear(HearingOutcomes hearing, RowResult result) {
    hearing.hear(result.jobId() + "/whichever", Wire.of(Topics.ROW_RESULTS).encode(result));
  }

  private static RowResult applied(UUID job, long row, List<Long> rows) {
    return new RowResult(
        "contoso", job, row, Part.USER, PartOutcome.APPLIED, null, null, Set.of(Part.USER), rows);
  }
}

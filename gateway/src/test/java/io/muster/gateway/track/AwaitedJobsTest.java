package io.muster.gateway.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.contracts.command.Part;
import io.muster.contracts.result.PartOutcome;
import io.muster.contracts.result.RowResult;
import io.muster.gateway.track.job.JobKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AwaitedJobsTest {
  private static final long NOT_AT_ALL = 1;
  private static final long LONG = 60_000;

  private final AwaitedJobs awaited = new AwaitedJobs();
  private final UUID mine = UUID.fromString("01990000-0000-7000-8000-000000000001");
  private final UUID other = UUID.fromString("01990000-0000-7000-8000-000000000002");

  @Test
  void whoListensHearsTheResultsOfTheirJobAlone() {
    List<RowResult> heard = new ArrayList<>();
    RowResult result = applied(mine);
    try (AwaitedJobs.Wait unused = awaited.listen(mine, heard::add)) {
      awaited.heard(List.of(applied(other), result));
    }
    awaited.heard(List.of(result));

    assertThat(heard).containsExactly(result);
  }

  @Test
  void whoWaitsIsWokenWhenTheJobMovesAndToldSo() throws Exception {
    try (AwaitedJobs.Wait wait = awaited.listen(mine)) {
      awaited.moved(Set.of(new JobKey("contoso", other)));
      assertThat(wait.forAtMost(NOT_AT_ALL)).isFalse();

      awaited.moved(Set.of(new JobKey("contoso", mine)));

      assertThat(wait.forAtMost(LONG)).isTrue();
      assertThat(wait.forAtMost(NOT_AT_ALL)).isFalse();
    }
  }

  private static RowResult applied(UUID job) {
    return new RowResult(
        "contoso", job, 1, Part.USER, PartOutcome.APPLIED, null, null, Set.of(Part.USER));
  }
}

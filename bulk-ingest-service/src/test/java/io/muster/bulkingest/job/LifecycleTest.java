package io.muster.bulkingest.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.contracts.job.JobState;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LifecycleTest {
  /** Written out once more on purpose: a change of the table has to be meant twice. */
  private static final Map<JobState, Set<JobState>> MEANT =
      Map.of(
          JobState.QUEUED,
          EnumSet.complementOf(EnumSet.of(JobState.QUEUED)),
          JobState.RUNNING,
          EnumSet.of(
              JobState.PAUSED,
              JobState.CANCELLING,
              JobState.SUCCEEDED,
              JobState.PARTIALLY_FAILED,
              JobState.FAILED),
          JobState.PAUSED,
          EnumSet.complementOf(EnumSet.of(JobState.PAUSED, JobState.CANCELLED)),
          JobState.CANCELLING,
          EnumSet.of(
              JobState.CANCELLED, JobState.SUCCEEDED, JobState.PARTIALLY_FAILED, JobState.FAILED));

  @Test
  void everyForbiddenChangeIsRefusedAndEveryAllowedOneTaken() {
    for (JobState from : JobState.values()) {
      for (JobState to : JobState.values()) {
        Job job = new Job();
        job.state = from;
        if (MEANT.getOrDefault(from, Set.of()).contains(to)) {
          job.become(to);
          assertThat(job.state).isEqualTo(to);
          assertThat(job.version).isEqualTo(1);
        } else {
          assertThatThrownBy(() -> job.become(to))
              .as("%s to %s", from, to)
              .isInstanceOf(IllegalStateException.class);
        }
      }
    }
  }

  @Test
  void aJobEndsByWhatBecameOfItsRows() {
    assertThat(Lifecycle.end(0, 0, 0)).isEqualTo(JobState.SUCCEEDED);
    assertThat(Lifecycle.end(3, 0, 0)).isEqualTo(JobState.SUCCEEDED);
    assertThat(Lifecycle.end(3, 1, 0)).isEqualTo(JobState.PARTIALLY_FAILED);
    assertThat(Lifecycle.end(3, 3, 0)).isEqualTo(JobState.FAILED);
    assertThat(Lifecycle.end(3, 1, 1)).isEqualTo(JobState.CANCELLED);
  }
}

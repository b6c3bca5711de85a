package io.muster.inbox.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class RetriesTest {
  @Test
  void batchesThatMeetAreTriedAgainAtOnceButNotForEver() {
    Retries retries = new Retries();
    RuntimeException meeting = new IllegalStateException(new SQLException("deadlock", "40P01"));

    for (int i = 0; i < 10; i++) {
      assertThat(retries.atOnce(meeting)).isTrue();
    }
    assertThat(retries.atOnce(meeting)).isFalse();
  }

  @Test
  void anOutageIsWaitedOut() {
    assertThat(new Retries().atOnce(new IllegalStateException(new SQLException("gone", "08006"))))
        .isFalse();
    assertThat(new Retries().atOnce(new IllegalStateException("no database at all"))).isFalse();
  }
}

package io.muster.chassis.problem;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.transaction.RollbackException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PassingFaultTest {
  @ParameterizedTest
  @ValueSource(strings = {"08001", "08006", "40001", "40P01", "53300", "57P01", "57P02", "57P03"})
  void aDatabaseThatIsAwayOrOverrunPassesHoweverDeepItIsTold(String state) {
    SQLException sql = new SQLException("away", state);

    assertThat(PassingFault.isIn(sql)).isTrue();
    assertThat(PassingFault.isIn(new IllegalStateException(new RuntimeException(sql)))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"23505", "42601", "22P02", "57014", "XX000"})
  void whatTheDatabaseRefusesIsAFaultOfOurs(String state) {
    assertThat(PassingFault.isIn(new IllegalStateException(new SQLException("no", state))))
        .isFalse();
  }

  @Test
  void aPoolWithoutAConnectionAndATransactionThatCameToNothingPass() {
    assertThat(PassingFault.isIn(new SQLException("Sorry, acquisition timeout!"))).isTrue();
    assertThat(PassingFault.isIn(new RuntimeException(new RollbackException()))).isTrue();
  }

  @Test
  void anythingElseIsAFaultOfOurs() {
    assertThat(PassingFault.isIn(new IllegalStateException(new NullPointerException()))).isFalse();
  }

  @Test
  void whatPassesIsToldByTypesAndStatesWithoutItsText() {
    Throwable failure = new IllegalStateException("of ada", new SQLException("of bob", "57P01"));

    assertThat(Causes.told(failure)).isEqualTo("IllegalStateException < SQLException 57P01");
  }
}

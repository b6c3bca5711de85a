package io.muster.chassis.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StageTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @BeforeEach
  void aServiceHasARegistry() {
    Metrics.addRegistry(registry);
  }

  @AfterEach
  void noMore() {
    Metrics.removeRegistry(registry);
  }

  private Timer timer(String stage) {
    return registry.get("muster.stage").tag("stage", stage).timer();
  }

  @Test
  void countsWhatAStageTookInTheServicesOwnRegistry() {
    Stage.SPOOL.took(TimeUnit.MILLISECONDS.toNanos(1_500));
    Stage.SPOOL.took(TimeUnit.MILLISECONDS.toNanos(500));

    assertThat(timer("spool").count()).isEqualTo(2);
    assertThat(timer("spool").totalTime(TimeUnit.SECONDS)).isEqualTo(2);
  }

  @Test
  void countsAStageThatFailed() {
    assertThatThrownBy(
            () -> {
              try (Stage.Busy unused = Stage.TRANSACTION.begin()) {
                throw new IllegalStateException("the database is away");
              }
            })
        .isInstanceOf(IllegalStateException.class);

    assertThat(timer("transaction").count()).isEqualTo(1);
  }
}

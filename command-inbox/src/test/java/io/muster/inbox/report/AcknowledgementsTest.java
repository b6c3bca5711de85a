package io.muster.inbox.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class AcknowledgementsTest {
  private final Acknowledgements acknowledgements = new Acknowledgements();

  @Test
  void aTopicThatIsMissingIsNamedAndStopsTheRest() {
    acknowledgements.onCompletion(
        null, new TimeoutException("Topic muster.account-events not present in metadata"));
    acknowledgements.onCompletion(null, new TimeoutException("another"));

    assertThat(acknowledgements.failed()).isTrue();
    assertThatThrownBy(acknowledgements::check)
        .isInstanceOf(KafkaException.class)
        .hasMessage(
            "a record was not acknowledged: Topic muster.account-events not present in metadata");
  }

  @Test
  void whatIsAcknowledgedStopsNothing() {
    acknowledgements.onCompletion(null, null);

    assertThat(acknowledgements.failed()).isFalse();
    assertThatCode(acknowledgements::check).doesNotThrowAnyException();
  }
}

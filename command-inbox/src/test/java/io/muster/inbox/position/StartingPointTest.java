package io.muster.inbox.position;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.inbox.position.ConsumerPositions.Stored;
import io.muster.inbox.position.StartingPoint.Alarm;
import io.muster.inbox.position.StartingPoint.Log;
import org.junit.jupiter.api.Test;

class StartingPointTest {
  private static final Log LOG = new Log("topic-1", 10, 100);

  @Test
  void resultsThatMayNotHaveBeenSentAreSentAgain() {
    assertThat(StartingPoint.of(stored(60), LOG, 40L)).isEqualTo(new StartingPoint(40, null, null));
    assertThat(StartingPoint.of(stored(60), LOG, 60L)).isEqualTo(new StartingPoint(60, null, null));
  }

  @Test
  void withoutACommittedOffsetAllIsReadAgain() {
    assertThat(StartingPoint.of(stored(60), LOG, null))
        .isEqualTo(new StartingPoint(10, null, null));
  }

  @Test
  void aCommittedOffsetThatExpiredIsRaisedToTheBeginning() {
    assertThat(StartingPoint.of(stored(60), LOG, 3L)).isEqualTo(new StartingPoint(10, null, null));
  }

  @Test
  void aDatabaseThatLostCommitsIsReadFromItsOwnPosition() {
    assertThat(StartingPoint.of(stored(40), LOG, 60L))
        .isEqualTo(new StartingPoint(40, null, Alarm.DATABASE_BEHIND_KAFKA));
  }

  @Test
  void aDatabaseThatKnowsNothingOfWhatKafkaCommittedStartsAtTheBeginning() {
    assertThat(StartingPoint.of(null, LOG, 60L))
        .isEqualTo(new StartingPoint(10, stored(10), Alarm.DATABASE_BEHIND_KAFKA));
    assertThat(StartingPoint.of(null, LOG, null))
        .isEqualTo(new StartingPoint(10, stored(10), null));
  }

  @Test
  void aTopicMadeAnewIsReadFromItsBeginning() {
    assertThat(StartingPoint.of(new Stored("topic-0", 60), LOG, 60L))
        .isEqualTo(new StartingPoint(10, stored(10), Alarm.TOPIC_RESET));
  }

  @Test
  void aTopicCutShortIsReadFromItsBeginning() {
    assertThat(StartingPoint.of(stored(101), LOG, 90L))
        .isEqualTo(new StartingPoint(10, stored(10), Alarm.TOPIC_RESET));
    assertThat(StartingPoint.of(stored(100), LOG, 100L))
        .isEqualTo(new StartingPoint(100, null, null));
  }

  @Test
  void recordsThatExpiredUnreadAreToldOf() {
    assertThat(StartingPoint.of(stored(5), LOG, 5L))
        .isEqualTo(new StartingPoint(10, stored(10), Alarm.RECORDS_EXPIRED_UNREAD));
  }

  private static Stored stored(long next) {
    return new Stored("topic-1", next);
  }
}

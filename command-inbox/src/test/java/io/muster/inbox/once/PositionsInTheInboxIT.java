package io.muster.inbox.once;

import static io.muster.inbox.once.Deliveries.Line.add;
import static io.muster.inbox.once.Deliveries.outcomes;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.inbox.Outcome;
import io.muster.inbox.batch.Order;
import io.muster.inbox.batch.Orders;
import io.muster.inbox.position.Gap;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What stored positions say of a batch: what is missing before it, what is done, what was lost. */
class PositionsInTheInboxIT {
  private final Deliveries deliveries = new Deliveries();

  @Test
  void aBatchThatStartsAboveTheStoredPositionIsNotTouched() throws SQLException {
    OrderTopic topic = deliveries.topicOf(add("ada"), add("bob"));

    Answers<Order> answers = deliveries.deliver(topic, 1, 2);

    assertThat(answers.gaps()).containsExactly(Map.entry(topic.partition, new Gap(0, 1)));
    assertThat(answers.answers()).isEmpty();
    assertThat(deliveries.peopleOf(topic)).isEmpty();
    assertThat(outcomes(deliveries.deliver(topic, 0, 2))).hasSize(2);
  }

  @Test
  void aHoleInTheLogItselfIsPassedOver() {
    OrderTopic topic = deliveries.topicOf(add("ada"), add("bob"));

    Answers<Order> answers =
        deliveries.database.inNew(
            () ->
                deliveries.inbox.answer(
                    new Orders(),
                    deliveries.people,
                    topic.poll(1, 2),
                    (partition, gap) -> gap.equals(new Gap(0, 1))));

    assertThat(outcomes(answers)).containsExactly(Map.entry(2L, Outcome.applied()));
  }

  @Test
  void whatIsAnsweredBeforeItsTurnIsDoneAndOnlyItsTurnMovesThePosition() throws SQLException {
    OrderTopic topic = deliveries.topicOf(add("ada"), add("bob"), add("cleo"));

    Answers<Order> early = deliveries.deliver(topic.lastBeforeItsTurn(0, 3));
    Answers<Order> again = deliveries.deliver(topic.lastBeforeItsTurn(0, 3));
    Answers<Order> inTurn = deliveries.deliver(topic.lastAnswered(0, 3));

    assertThat(outcomes(early)).containsExactly(Map.entry(3L, Outcome.applied()));
    assertThat(outcomes(again)).as("a repeat").isEqualTo(outcomes(early));
    assertThat(outcomes(inTurn)).as("it isn't told twice").containsOnlyKeys(1L, 2L);
    assertThat(inTurn.gaps()).as("the position hadn't moved").isEmpty();
    assertThat(deliveries.people.applied.get()).isEqualTo(3);
    assertThat(deliveries.deliver(topic, 2, 3).gaps()).isEmpty();
  }

  @Test
  void whatTheDatabaseLostOfItIsDoneInItsTurn() throws SQLException {
    OrderTopic topic = deliveries.topicOf(add("ada"), add("bob"), add("cleo"));

    Answers<Order> inTurn = deliveries.deliver(topic.lastAnswered(0, 3));

    assertThat(outcomes(inTurn)).containsOnlyKeys(1L, 2L, 3L);
    assertThat(deliveries.peopleOf(topic)).hasSize(3);
  }

  @Test
  void nothingIsDoneBeforeItsTurnWhereTheDatabaseIsBehind() throws SQLException {
    OrderTopic topic = deliveries.topicOf(add("ada"), add("bob"), add("cleo"));

    Answers<Order> answers = deliveries.deliver(topic.lastBeforeItsTurn(1, 3));

    assertThat(answers.gaps()).containsExactly(Map.entry(topic.partition, new Gap(0, 1)));
    assertThat(answers.answers()).isEmpty();
    assertThat(deliveries.peopleOf(topic)).isEmpty();
  }

  @Test
  void aCommandBelowThePositionWithoutOutcomeIsToldAndNotDone() throws SQLException {
    OrderTopic topic = deliveries.topicOf(add("ada"));
    deliveries.database.asSuperuser(
        "UPDATE consumer_position SET next_offset = 1 WHERE topic = '%s'"
            .formatted(topic.partition.topic()));

    Answers<Order> answers = deliveries.deliver(topic, 0, 1);

    assertThat(answers.unknown()).containsExactly(Map.entry(topic.partition, 0L));
    assertThat(answers.answers()).isEmpty();
    assertThat(deliveries.peopleOf(topic)).isEmpty();
  }
}

package io.muster.inbox.once;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.inbox.Answer;
import io.muster.inbox.Outcome;
import io.muster.inbox.batch.Order;
import io.muster.inbox.batch.Order.Verb;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An undo may come before its command, with it, or after it was refused. */
class UndosInTheInboxIT {
  private final Deliveries deliveries = new Deliveries();

  @Test
  void anUndoThatOvertakesItsCommandLeavesATombstone() throws SQLException {
    OrderTopic topic = deliveries.topic();
    Order command = topic.order(1, Verb.ADD, "ada", null);
    topic.with(List.of(topic.undo(1), command, command));

    deliveries.deliver(topic, 0, 1);
    List<Answer<Order>> late = deliveries.deliver(topic, 1, 3).answers();

    assertThat(late).extracting(Answer::outcome).containsOnly(Outcome.undone());
    assertThat(deliveries.peopleOf(topic)).isEmpty();
  }

  @Test
  void anUndoAndItsCommandMayShareABatchInEitherOrder() throws SQLException {
    OrderTopic undoFirst = deliveries.topic();
    undoFirst.with(List.of(undoFirst.undo(1), undoFirst.order(1, Verb.ADD, "ada", null)));
    OrderTopic undoLast = deliveries.topic();
    undoLast.with(List.of(undoLast.order(1, Verb.ADD, "ada", null), undoLast.undo(1)));

    deliveries.deliver(undoFirst, 0, 2);
    deliveries.deliver(undoLast, 0, 2);

    assertThat(deliveries.peopleOf(undoFirst)).isEmpty();
    assertThat(deliveries.peopleOf(undoLast)).containsExactly(Map.entry("ada", 1));
  }

  @Test
  void theUndoOfARefusedCommandIsAnsweredWithTheRefusal() throws SQLException {
    OrderTopic topic = deliveries.topic();
    topic.with(
        List.of(
            topic.order(1, Verb.REMOVE, "ada", null),
            topic.undo(1),
            topic.order(2, Verb.REMOVE, "ada", null)));

    List<Answer<Order>> together = deliveries.deliver(topic, 0, 2).answers();
    int applied = deliveries.people.applied.get();
    deliveries.deliver(topic, 2, 3);
    topic.with(List.of(topic.undo(2)));
    List<Answer<Order>> later = deliveries.deliver(topic, 3, 4).answers();

    assertThat(together).extracting(Answer::outcome).containsOnly(People.NOBODY);
    assertThat(later).extracting(Answer::outcome).containsExactly(People.NOBODY);
    assertThat(deliveries.people.applied).as("undos that the handler saw").hasValue(applied + 1);
  }
}

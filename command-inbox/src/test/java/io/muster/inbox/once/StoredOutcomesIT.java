package io.muster.inbox.once;

import static io.muster.inbox.once.Deliveries.Line.add;
import static io.muster.inbox.once.Deliveries.outcomes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.contracts.event.AccountEventType;
import io.muster.contracts.event.AccountState;
import io.muster.inbox.Answer;
import io.muster.inbox.CommandHandler;
import io.muster.inbox.Happening;
import io.muster.inbox.Outcome;
import io.muster.inbox.batch.Order;
import io.muster.inbox.batch.Order.Verb;
import io.muster.inbox.batch.Received;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was done is told again as it was, and what failed half-way was never done. */
class StoredOutcomesIT {
  private final Deliveries deliveries = new Deliveries();

  @Test
  void whatFailsHalfWayLeavesNothing() throws SQLException {
    OrderTopic topic = deliveries.topicOf(add("ada"));
    CommandHandler<Order> breaksAfterwards =
        round -> {
          deliveries.people.apply(round);
          throw new SQLException("connection lost", "08006");
        };

    assertThatThrownBy(() -> deliveries.deliver(topic, 0, 1, breaksAfterwards))
        .hasRootCauseMessage("connection lost");
    assertThat(deliveries.peopleOf(topic)).isEmpty();

    assertThat(outcomes(deliveries.deliver(topic, 0, 1))).containsEntry(1L, Outcome.applied());
  }

  @Test
  void resultsThatWereNeverSentComeAgain() {
    OrderTopic topic = deliveries.topicOf(add("ada"), add("ada"));
    Answers<Order> committedAndLost = deliveries.deliver(topic, 0, 2);
    int applied = deliveries.people.applied.get();

    Answers<Order> again = deliveries.deliver(topic, 0, 2);

    assertThat(outcomes(again)).isEqualTo(outcomes(committedAndLost));
    assertThat(again.fresh()).isZero();
    assertThat(deliveries.people.applied).hasValue(applied);
  }

  @Test
  void whatOtherSystemsAreToldIsStoredWithTheOutcome() {
    OrderTopic topic = deliveries.topicOf(add("ada"), add("bob"), add("cy"));
    Outcome nothing = Outcome.applied().telling(List.of());
    Outcome something =
        Outcome.applied()
            .telling(List.of(Happening.leaving(AccountEventType.ADDED, AccountState.ACTIVE)));
    deliveries.deliver(topic, 0, 3, round -> List.of(Outcome.applied(), nothing, something));

    Answers<Order> again = deliveries.deliver(topic, 0, 3);

    assertThat(again.answers())
        .extracting(Answer::outcome)
        .containsExactly(Outcome.applied(), nothing, something);
  }

  @Test
  void onlyWhatWasNeverSeenIsPrepared() {
    OrderTopic topic = deliveries.topic();
    topic.with(
        List.of(
            topic.order(1, Verb.ADD, "ada", null),
            topic.undo(2),
            topic.order(2, Verb.ADD, "bob", null),
            topic.order(3, Verb.ADD, "cy", null)));
    deliveries.deliver(topic, 0, 2);

    List<Received<Order>> unseen =
        deliveries.database.inNew(() -> deliveries.inbox.unseen(topic.poll(0, 4).commands()));

    assertThat(unseen).extracting(received -> received.command().user()).containsExactly("cy");
  }

  @Test
  void aHandlerThatForgetsACommandIsNotBelieved() {
    OrderTopic topic = deliveries.topicOf(add("ada"));

    assertThatThrownBy(() -> deliveries.deliver(topic, 0, 1, round -> List.of()))
        .hasMessageContaining("must answer every command");
  }
}

package io.muster.inbox.once;

import io.muster.inbox.CommandHandler;
import io.muster.inbox.InboxDatabase;
import io.muster.inbox.Outcome;
import io.muster.inbox.batch.Batch;
import io.muster.inbox.batch.Order;
import io.muster.inbox.batch.Order.Verb;
import io.muster.inbox.batch.Orders;
import io.muster.inbox.database.DayPartitions;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Orders on their way through the inbox, each batch in a transaction on a real PostgreSQL. */
final class Deliveries {
  final InboxDatabase database = InboxDatabase.shared();
  final People people = new People(database);
  final CommandInbox inbox = new CommandInbox(database.dataSource());

  /** An order without tenant, job and row. */
  record Line(Verb verb, String user, String badge) {
    static Line add(String user) {
      return new Line(Verb.ADD, user, null);
    }
  }

  Deliveries() {
    new DayPartitions(database.dataSource(), database)
        .ensure(Set.of(LocalDate.now(ZoneOffset.UTC)));
  }

  OrderTopic topic() {
    return new OrderTopic(database);
  }

  OrderTopic topicOf(Line... lines) {
    return topicOf(Arrays.asList(lines));
  }

  /** The same line object again is the same command again. */
  OrderTopic topicOf(List<Line> lines) {
    OrderTopic topic = topic();
    List<Order> orders = new ArrayList<>();
    Map<Line, Long> identical = new IdentityHashMap<>();
    for (Line line : lines) {
      long row = identical.computeIfAbsent(line, l -> identical.size() + 1L);
      orders.add(topic.order(row, line.verb(), line.user(), line.badge()));
    }
    return topic.with(orders);
  }

  Answers<Order> deliver(OrderTopic topic, int from, int to) {
    return deliver(topic, from, to, people);
  }

  Answers<Order> deliver(OrderTopic topic, int from, int to, CommandHandler<Order> handler) {
    return database.inNew(() -> answer(topic.poll(from, to), handler));
  }

  Answers<Order> deliver(Batch<Order> batch) {
    return database.inNew(() -> answer(batch, people));
  }

  /** Inside the caller's transaction. */
  Answers<Order> answer(Batch<Order> batch, CommandHandler<Order> handler) throws SQLException {
    return inbox.answer(new Orders(), handler, batch, (partition, gap) -> false);
  }

  Map<String, Integer> peopleOf(OrderTopic topic) throws SQLException {
    return people.table(topic.tenant);
  }

  static Map<Long, Outcome> outcomes(Answers<Order> answers) {
    Map<Long, Outcome> outcomes = new HashMap<>();
    answers.answers().forEach(a -> outcomes.put(a.command().row(), a.outcome()));
    return outcomes;
  }
}

package io.muster.inbox.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.muster.contracts.event.AccountEventType;
import io.muster.contracts.event.AccountState;
import io.muster.inbox.Answer;
import io.muster.inbox.CommandHandler;
import io.muster.inbox.Happening;
import io.muster.inbox.InboxDatabase;
import io.muster.inbox.Outcome;
import io.muster.inbox.batch.Batch;
import io.muster.inbox.batch.Order;
import io.muster.inbox.batch.Order.Verb;
import io.muster.inbox.batch.Orders;
import io.muster.inbox.batch.Received;
import io.muster.inbox.database.Retries;
import io.muster.inbox.intake.People.Model;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** On a real PostgreSQL: whatever comes in whatever way, each command is done once, in order. */
class CommandInboxIT {
  private static final int TRIES = 40;

  private final InboxDatabase database = InboxDatabase.shared();
  private final People people = new People(database);
  private final CommandInbox inbox = new CommandInbox(database.dataSource());

  /** An order without tenant, job and row. */
  record Line(Verb verb, String user, String badge) {}

  @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void anyBatchEqualsOneByOne(@ForAll("lines") List<Line> lines) throws SQLException {
    OrderTopic topic = topicOf(lines);

    Map<Long, Outcome> outcomes = outcomes(deliver(topic, 0, topic.end()));

    Model model = new Model().apply(topic.log());
    assertThat(outcomes).isEqualTo(model.outcomes);
    assertThat(people.table(topic.tenant)).isEqualTo(model.people);
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void repeatsAndRedeliveriesChangeNothing(@ForAll("lines") List<Line> lines, @ForAll Random chance)
      throws SQLException {
    OrderTopic topic = topicOf(withRepeats(lines, chance));
    Model model = new Model().apply(topic.log());

    int done = 0;
    while (done < topic.end()) {
      int from = chance.nextInt(done + 1);
      int to = from + 1 + chance.nextInt(topic.end() - from);
      List<Answer<Order>> answers = deliver(topic, from, to).answers();

      assertThat(answers).hasSize(to - from);
      answers.forEach(
          a -> assertThat(a.outcome()).isEqualTo(model.outcomes.get(a.command().row())));
      done = Math.max(done, to);
    }

    assertThat(people.table(topic.tenant)).isEqualTo(model.people);
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void theOrderOfDifferentUsersDoesNotMatter(
      @ForAll("linesWithoutBadges") List<Line> lines, @ForAll Random chance) throws SQLException {
    OrderTopic straight = topicOf(lines);
    OrderTopic mixed = new OrderTopic(database).with(List.of());
    List<Order> shuffled = new ArrayList<>();
    for (Order order : shuffleUsers(straight.log(), chance)) {
      shuffled.add(mixed.order(order.row(), order.verb(), order.user(), order.badge()));
    }
    mixed.with(shuffled);

    Map<Long, Outcome> asWritten = outcomes(deliver(straight, 0, straight.end()));
    Map<Long, Outcome> asMixed = outcomes(deliver(mixed, 0, mixed.end()));

    assertThat(asMixed).isEqualTo(asWritten);
    assertThat(people.table(mixed.tenant)).isEqualTo(people.table(straight.tenant));
  }

  @Property(tries = 15, shrinking = ShrinkingMode.OFF)
  void twoOwnersOfAPartitionAtOnceDoEachCommandOnce(
      @ForAll("lines") List<Line> lines, @ForAll Random chance) throws Exception {
    OrderTopic topic = topicOf(withRepeats(lines, chance));
    Model model = new Model().apply(topic.log());
    int[] seeds = {chance.nextInt(), chance.nextInt(), chance.nextInt()};

    List<Callable<Map<Long, Outcome>>> owners = new ArrayList<>();
    for (int seed : seeds) {
      owners.add(() -> readToTheEnd(topic, new Random(seed)));
    }
    for (Map<Long, Outcome> outcomes : atOnce(owners)) {
      assertThat(outcomes).isEqualTo(model.outcomes);
    }

    assertThat(people.table(topic.tenant)).isEqualTo(model.people);
  }

  @Example
  void theSecondOwnerWaitsForTheFirstAndThenHasNothingToDo() throws Exception {
    OrderTopic topic = topicOf(List.of(new Line(Verb.ADD, "ada", null)));
    CountDownLatch firstIsDone = new CountDownLatch(1);
    CountDownLatch firstMayCommit = new CountDownLatch(1);
    Callable<Answers<Order>> first =
        () ->
            database.inNew(
                () -> {
                  Answers<Order> answers = answer(topic.poll(0, 1), people);
                  firstIsDone.countDown();
                  firstMayCommit.await();
                  return answers;
                });
    Callable<Answers<Order>> second =
        () -> {
          firstIsDone.await();
          return deliver(topic, 0, 1);
        };
    Callable<Answers<Order>> release =
        () -> {
          await().until(() -> database.waitingForALock() == 1);
          firstMayCommit.countDown();
          return null;
        };

    List<Answers<Order>> both = atOnce(List.of(first, second, release));

    assertThat(outcomes(both.get(1))).isEqualTo(outcomes(both.get(0)));
    assertThat(people.applied).hasValue(1);
  }

  @Example
  void whatFailsHalfWayLeavesNothing() throws SQLException {
    OrderTopic topic = topicOf(List.of(new Line(Verb.ADD, "ada", null)));
    CommandHandler<Order> breaksAfterwards =
        round -> {
          people.apply(round);
          throw new SQLException("connection lost", "08006");
        };

    assertThatThrownBy(() -> deliver(topic, 0, 1, breaksAfterwards))
        .hasRootCauseMessage("connection lost");
    assertThat(people.table(topic.tenant)).isEmpty();

    assertThat(outcomes(deliver(topic, 0, 1))).containsEntry(1L, Outcome.applied());
  }

  @Example
  void resultsThatWereNeverSentComeAgain() {
    OrderTopic topic =
        topicOf(List.of(new Line(Verb.ADD, "ada", null), new Line(Verb.ADD, "ada", null)));
    Answers<Order> committedAndLost = deliver(topic, 0, 2);
    int applied = people.applied.get();

    Answers<Order> again = deliver(topic, 0, 2);

    assertThat(outcomes(again)).isEqualTo(outcomes(committedAndLost));
    assertThat(again.fresh()).isZero();
    assertThat(people.applied).hasValue(applied);
  }

  @Example
  void whatOtherSystemsAreToldIsStoredWithTheOutcome() {
    OrderTopic topic =
        topicOf(
            List.of(
                new Line(Verb.ADD, "ada", null),
                new Line(Verb.ADD, "bob", null),
                new Line(Verb.ADD, "cy", null)));
    Outcome nothing = Outcome.applied().telling(List.of());
    Outcome something =
        Outcome.applied()
            .telling(List.of(Happening.leaving(AccountEventType.ADDED, AccountState.ACTIVE)));
    deliver(topic, 0, 3, round -> List.of(Outcome.applied(), nothing, something));

    Answers<Order> again = deliver(topic, 0, 3);

    assertThat(again.answers())
        .extracting(Answer::outcome)
        .containsExactly(Outcome.applied(), nothing, something);
  }

  @Example
  void aBatchThatStartsAboveTheStoredPositionIsNotTouched() throws SQLException {
    OrderTopic topic =
        topicOf(List.of(new Line(Verb.ADD, "ada", null), new Line(Verb.ADD, "bob", null)));

    Answers<Order> answers = deliver(topic, 1, 2);

    assertThat(answers.gaps()).containsExactly(Map.entry(topic.partition, 1L));
    assertThat(answers.answers()).isEmpty();
    assertThat(people.table(topic.tenant)).isEmpty();
    assertThat(outcomes(deliver(topic, 0, 2))).hasSize(2);
  }

  @Example
  void aHoleInTheLogItselfIsPassedOver() {
    OrderTopic topic =
        topicOf(List.of(new Line(Verb.ADD, "ada", null), new Line(Verb.ADD, "bob", null)));

    Answers<Order> answers =
        database.inNew(
            () ->
                inbox.answer(
                    new Orders(), people, topic.poll(1, 2), (partition, first) -> first == 1));

    assertThat(outcomes(answers)).containsExactly(Map.entry(2L, Outcome.applied()));
  }

  @Example
  void whatIsAnsweredBeforeItsTurnIsDoneAndOnlyItsTurnMovesThePosition() throws SQLException {
    OrderTopic topic = threePeople();

    Answers<Order> early = deliver(topic.lastBeforeItsTurn(0, 3));
    Answers<Order> again = deliver(topic.lastBeforeItsTurn(0, 3));
    Answers<Order> inTurn = deliver(topic.lastAnswered(0, 3));

    assertThat(outcomes(early)).containsExactly(Map.entry(3L, Outcome.applied()));
    assertThat(outcomes(again)).as("a repeat").isEqualTo(outcomes(early));
    assertThat(outcomes(inTurn)).as("it isn't told twice").containsOnlyKeys(1L, 2L);
    assertThat(inTurn.gaps()).as("the position hadn't moved").isEmpty();
    assertThat(people.applied.get()).isEqualTo(3);
    assertThat(deliver(topic, 2, 3).gaps()).isEmpty();
  }

  @Example
  void whatTheDatabaseLostOfItIsDoneInItsTurn() throws SQLException {
    OrderTopic topic = threePeople();

    Answers<Order> inTurn = deliver(topic.lastAnswered(0, 3));

    assertThat(outcomes(inTurn)).containsOnlyKeys(1L, 2L, 3L);
    assertThat(people.table(topic.tenant)).hasSize(3);
  }

  @Example
  void nothingIsDoneBeforeItsTurnWhereTheDatabaseIsBehind() throws SQLException {
    OrderTopic topic = threePeople();

    Answers<Order> answers = deliver(topic.lastBeforeItsTurn(1, 3));

    assertThat(answers.gaps()).containsExactly(Map.entry(topic.partition, 1L));
    assertThat(answers.answers()).isEmpty();
    assertThat(people.table(topic.tenant)).isEmpty();
  }

  private OrderTopic threePeople() {
    return topicOf(
        List.of(
            new Line(Verb.ADD, "ada", null),
            new Line(Verb.ADD, "bob", null),
            new Line(Verb.ADD, "cleo", null)));
  }

  private Answers<Order> deliver(Batch<Order> batch) {
    return database.inNew(() -> answer(batch, people));
  }

  @Example
  void aCommandBelowThePositionWithoutOutcomeIsToldAndNotDone() throws SQLException {
    OrderTopic topic = topicOf(List.of(new Line(Verb.ADD, "ada", null)));
    database.asSuperuser(
        "UPDATE consumer_position SET next_offset = 1 WHERE topic = '%s'"
            .formatted(topic.partition.topic()));

    Answers<Order> answers = deliver(topic, 0, 1);

    assertThat(answers.unknown()).containsExactly(Map.entry(topic.partition, 0L));
    assertThat(answers.answers()).isEmpty();
    assertThat(people.table(topic.tenant)).isEmpty();
  }

  @Example
  void anUndoThatOvertakesItsCommandLeavesATombstone() throws SQLException {
    OrderTopic topic = new OrderTopic(database);
    Order command = topic.order(1, Verb.ADD, "ada", null);
    topic.with(List.of(topic.undo(1), command, command));
    ensureDay();

    deliver(topic, 0, 1);
    List<Answer<Order>> late = deliver(topic, 1, 3).answers();

    assertThat(late).extracting(Answer::outcome).containsOnly(Outcome.undone());
    assertThat(people.table(topic.tenant)).isEmpty();
  }

  @Example
  void anUndoAndItsCommandMayShareABatchInEitherOrder() throws SQLException {
    OrderTopic undoFirst = new OrderTopic(database);
    undoFirst.with(List.of(undoFirst.undo(1), undoFirst.order(1, Verb.ADD, "ada", null)));
    OrderTopic undoLast = new OrderTopic(database);
    undoLast.with(List.of(undoLast.order(1, Verb.ADD, "ada", null), undoLast.undo(1)));
    ensureDay();

    deliver(undoFirst, 0, 2);
    deliver(undoLast, 0, 2);

    assertThat(people.table(undoFirst.tenant)).isEmpty();
    assertThat(people.table(undoLast.tenant)).containsExactly(Map.entry("ada", 1));
  }

  @Example
  void theUndoOfARefusedCommandIsAnsweredWithTheRefusal() throws SQLException {
    OrderTopic topic = new OrderTopic(database);
    topic.with(
        List.of(
            topic.order(1, Verb.REMOVE, "ada", null),
            topic.undo(1),
            topic.order(2, Verb.REMOVE, "ada", null)));
    ensureDay();

    List<Answer<Order>> together = deliver(topic, 0, 2).answers();
    int applied = people.applied.get();
    deliver(topic, 2, 3);
    topic.with(List.of(topic.undo(2)));
    List<Answer<Order>> later = deliver(topic, 3, 4).answers();

    assertThat(together).extracting(Answer::outcome).containsOnly(People.NOBODY);
    assertThat(later).extracting(Answer::outcome).containsExactly(People.NOBODY);
    assertThat(people.applied).as("undos that the handler saw").hasValue(applied + 1);
  }

  @Example
  void onlyWhatWasNeverSeenIsPrepared() {
    OrderTopic topic = new OrderTopic(database);
    topic.with(
        List.of(
            topic.order(1, Verb.ADD, "ada", null),
            topic.undo(2),
            topic.order(2, Verb.ADD, "bob", null),
            topic.order(3, Verb.ADD, "cy", null)));
    ensureDay();
    deliver(topic, 0, 2);

    List<Received<Order>> unseen = database.inNew(() -> inbox.unseen(topic.poll(0, 4).commands()));

    assertThat(unseen).extracting(received -> received.command().user()).containsExactly("cy");
  }

  @Example
  void aHandlerThatForgetsACommandIsNotBelieved() {
    OrderTopic topic = topicOf(List.of(new Line(Verb.ADD, "ada", null)));

    assertThatThrownBy(() -> deliver(topic, 0, 1, round -> List.of()))
        .hasMessageContaining("must answer every command");
  }

  private OrderTopic topicOf(List<Line> lines) {
    OrderTopic topic = new OrderTopic(database);
    List<Order> orders = new ArrayList<>();
    Map<Line, Long> identical = new java.util.IdentityHashMap<>();
    for (Line line : lines) {
      long row = identical.computeIfAbsent(line, l -> identical.size() + 1L);
      orders.add(topic.order(row, line.verb(), line.user(), line.badge()));
    }
    ensureDay();
    return topic.with(orders);
  }

  private void ensureDay() {
    new io.muster.inbox.database.DayPartitions(database.dataSource(), database)
        .ensure(java.util.Set.of(LocalDate.now(ZoneOffset.UTC)));
  }

  /** The same line object again is the same command again. */
  private static List<Line> withRepeats(List<Line> lines, Random chance) {
    List<Line> all = new ArrayList<>();
    for (Line line : lines) {
      all.add(line);
      if (chance.nextInt(3) == 0) {
        all.add(all.get(chance.nextInt(all.size())));
      }
    }
    return all;
  }

  private static List<Order> shuffleUsers(List<Order> orders, Random chance) {
    Map<String, Deque<Order>> byUser = new HashMap<>();
    orders.forEach(o -> byUser.computeIfAbsent(o.user(), u -> new ArrayDeque<>()).add(o));
    List<Deque<Order>> users = new ArrayList<>(byUser.values());
    List<Order> mixed = new ArrayList<>();
    while (!users.isEmpty()) {
      Deque<Order> user = users.get(chance.nextInt(users.size()));
      mixed.add(user.removeFirst());
      if (user.isEmpty()) {
        users.remove(user);
      }
    }
    return mixed;
  }

  private Map<Long, Outcome> readToTheEnd(OrderTopic topic, Random chance) {
    Map<Long, Outcome> outcomes = new HashMap<>();
    int from = 0;
    while (from < topic.end()) {
      int to = from + 1 + chance.nextInt(topic.end() - from);
      outcomes.putAll(outcomes(deliverAmongOthers(topic, from, to)));
      from = to;
    }
    return outcomes;
  }

  private Answers<Order> deliverAmongOthers(OrderTopic topic, int from, int to) {
    Retries retries = new Retries();
    while (true) {
      try {
        return deliver(topic, from, to);
      } catch (RuntimeException e) {
        if (!retries.atOnce(e)) {
          throw e;
        }
      }
    }
  }

  private Answers<Order> deliver(OrderTopic topic, int from, int to) {
    return deliver(topic, from, to, people);
  }

  private Answers<Order> deliver(
      OrderTopic topic, int from, int to, CommandHandler<Order> handler) {
    return database.inNew(() -> answer(topic.poll(from, to), handler));
  }

  /** Inside the caller's transaction. */
  private Answers<Order> answer(Batch<Order> batch, CommandHandler<Order> handler)
      throws SQLException {
    return inbox.answer(new Orders(), handler, batch, (partition, first) -> false);
  }

  private static Map<Long, Outcome> outcomes(Answers<Order> answers) {
    Map<Long, Outcome> outcomes = new HashMap<>();
    answers.answers().forEach(a -> outcomes.put(a.command().row(), a.outcome()));
    return outcomes;
  }

  private static <T> List<T> atOnce(List<Callable<T>> tasks) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> result : threads.invokeAll(tasks)) {
        results.add(result.get());
      }
      return results;
    } finally {
      threads.shutdown();
    }
  }

  @Provide
  Arbitrary<List<Line>> lines() {
    return lines(Arbitraries.of("1", "2", "3").injectNull(0.5));
  }

  @Provide
  Arbitrary<List<Line>> linesWithoutBadges() {
    return lines(Arbitraries.just("").map(none -> null));
  }

  private static Arbitrary<List<Line>> lines(Arbitrary<String> badges) {
    return Combinators.combine(
            Arbitraries.frequency(
                net.jqwik.api.Tuple.of(3, Verb.ADD),
                net.jqwik.api.Tuple.of(1, Verb.REMOVE),
                net.jqwik.api.Tuple.of(2, Verb.COUNT)),
            Arbitraries.of("ada", "bob", "cy", "di"),
            badges)
        .as(Line::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(16);
  }
}

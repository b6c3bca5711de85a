package io.muster.inbox.once;

import static io.muster.inbox.once.Deliveries.Line.add;
import static io.muster.inbox.once.Deliveries.outcomes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.inbox.Answer;
import io.muster.inbox.Outcome;
import io.muster.inbox.batch.Order;
import io.muster.inbox.batch.Order.Verb;
import io.muster.inbox.database.Retries;
import io.muster.inbox.once.Deliveries.Line;
import io.muster.inbox.once.People.Model;
import java.sql.SQLException;
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

  private final Deliveries deliveries = new Deliveries();

  @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void anyBatchEqualsOneByOne(@ForAll("lines") List<Line> lines) throws SQLException {
    OrderTopic topic = deliveries.topicOf(lines);

    Map<Long, Outcome> outcomes = outcomes(deliveries.deliver(topic, 0, topic.end()));

    Model model = new Model().apply(topic.log());
    assertThat(outcomes).isEqualTo(model.outcomes);
    assertThat(deliveries.peopleOf(topic)).isEqualTo(model.people);
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void repeatsAndRedeliveriesChangeNothing(@ForAll("lines") List<Line> lines, @ForAll Random chance)
      throws SQLException {
    OrderTopic topic = deliveries.topicOf(withRepeats(lines, chance));
    Model model = new Model().apply(topic.log());

    int done = 0;
    while (done < topic.end()) {
      int from = chance.nextInt(done + 1);
      int to = from + 1 + chance.nextInt(topic.end() - from);
      List<Answer<Order>> answers = deliveries.deliver(topic, from, to).answers();

      assertThat(answers).hasSize(to - from);
      answers.forEach(
          a -> assertThat(a.outcome()).isEqualTo(model.outcomes.get(a.command().row())));
      done = Math.max(done, to);
    }

    assertThat(deliveries.peopleOf(topic)).isEqualTo(model.people);
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void theOrderOfDifferentUsersDoesNotMatter(
      @ForAll("linesWithoutBadges") List<Line> lines, @ForAll Random chance) throws SQLException {
    OrderTopic straight = deliveries.topicOf(lines);
    OrderTopic mixed = deliveries.topic().with(List.of());
    List<Order> shuffled = new ArrayList<>();
    for (Order order : shuffleUsers(straight.log(), chance)) {
      shuffled.add(mixed.order(order.row(), order.verb(), order.user(), order.badge()));
    }
    mixed.with(shuffled);

    Map<Long, Outcome> asWritten = outcomes(deliveries.deliver(straight, 0, straight.end()));
    Map<Long, Outcome> asMixed = outcomes(deliveries.deliver(mixed, 0, mixed.end()));

    assertThat(asMixed).isEqualTo(asWritten);
    assertThat(deliveries.peopleOf(mixed)).isEqualTo(deliveries.peopleOf(straight));
  }

  @Property(tries = 15, shrinking = ShrinkingMode.OFF)
  void twoOwnersOfAPartitionAtOnceDoEachCommandOnce(
      @ForAll("lines") List<Line> lines, @ForAll Random chance) throws Exception {
    OrderTopic topic = deliveries.topicOf(withRepeats(lines, chance));
    Model model = new Model().apply(topic.log());
    int[] seeds = {chance.nextInt(), chance.nextInt(), chance.nextInt()};

    List<Callable<Map<Long, Outcome>>> owners = new ArrayList<>();
    for (int seed : seeds) {
      owners.add(() -> readToTheEnd(topic, new Random(seed)));
    }
    for (Map<Long, Outcome> outcomes : atOnce(owners)) {
      assertThat(outcomes).isEqualTo(model.outcomes);
    }

    assertThat(deliveries.peopleOf(topic)).isEqualTo(model.people);
  }

  @Example
  void theSecondOwnerWaitsForTheFirstAndThenHasNothingToDo() throws Exception {
    OrderTopic topic = deliveries.topicOf(add("ada"));
    CountDownLatch firstIsDone = new CountDownLatch(1);
    CountDownLatch firstMayCommit = new CountDownLatch(1);
    Callable<Answers<Order>> first =
        () ->
            deliveries.database.inNew(
                () -> {
                  Answers<Order> answers = deliveries.answer(topic.poll(0, 1), deliveries.people);
                  firstIsDone.countDown();
                  firstMayCommit.await();
                  return answers;
                });
    Callable<Answers<Order>> second =
        () -> {
          firstIsDone.await();
          return deliveries.deliver(topic, 0, 1);
        };
    Callable<Answers<Order>> release =
        () -> {
          await().until(() -> deliveries.database.waitingForALock() == 1);
          firstMayCommit.countDown();
          return null;
        };

    List<Answers<Order>> both = atOnce(List.of(first, second, release));

    assertThat(outcomes(both.get(1))).isEqualTo(outcomes(both.get(0)));
    assertThat(deliveries.people.applied).hasValue(1);
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
        return deliveries.deliver(topic, from, to);
      } catch (RuntimeException e) {
        if (!retries.atOnce(e)) {
          throw e;
        }
      }
    }
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

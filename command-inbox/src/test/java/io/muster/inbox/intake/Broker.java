package io.muster.inbox.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.muster.inbox.CommandHandler;
import io.muster.inbox.batch.Batch;
import io.muster.inbox.batch.Order;
import io.muster.inbox.batch.Polled;
import io.muster.inbox.batch.Polls;
import io.muster.inbox.batch.Received;
import io.muster.inbox.once.Answers;
import io.muster.inbox.position.Gap;
import io.muster.inbox.position.GapsSeen;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;

/**
 * A model of a channel's clients before {@link WorkingOff}, between which partitions move, and of
 * the database behind them, which sometimes loses what it had committed. It fails as soon as
 * something is skipped, acknowledged too early, or done before what stands before it with its key.
 */
final class Broker {
  private final Random chance;
  private final List<List<String>> logs;
  private final Polls polls = new Polls();
  private final Map<TopicPartition, Integer> readUpTo = new HashMap<>();
  private final Map<TopicPartition, Stored> stored = new HashMap<>();
  private final List<Client> clients = new ArrayList<>();
  private final Runnable another;

  /** Numbers of clients; the first has what isn't in here. */
  private final Map<TopicPartition, Integer> owners = new HashMap<>();

  private final Set<TopicPartition> everAGap = new HashSet<>();

  private final Map<Polled, Integer> unanswered = new HashMap<>();
  private int losses;

  /** Losses come one at a time: no copy of a record from before the last one is on its way. */
  private boolean quiet = true;

  private boolean everLost;

  private int batches;

  /**
   * @param losses how often the database loses something
   * @param another lets another client work, where there is one that has work
   */
  Broker(List<List<String>> logs, Random chance, int losses, Runnable another) {
    this.another = another;
    this.logs = logs;
    this.chance = chance;
    this.losses = losses;
  }

  /** One more client; all have to be there before the first goes on. */
  void with(Function<WorkingOff.Way<Order>, WorkingOff<Order>> made) {
    Client client = new Client(clients.size());
    clients.add(client);
    client.to = made.apply(client);
  }

  /** Each client polls once or not at all, and hands over what is asked for. */
  void goOn() {
    quiet |= unanswered.isEmpty();
    moveOne();
    clients.forEach(Client::goOn);
  }

  /**
   * What the old owner has of it in memory is answered all the same. To a client that still has
   * some itself none comes: two copies of one record before the same loss are what a hole of the
   * log looks like.
   */
  private void moveOne() {
    if (clients.size() > 1 && chance.nextInt(3) == 0) {
      TopicPartition moved = Polls.partition(chance.nextInt(logs.size()));
      Client to = clients.get(chance.nextInt(clients.size()));
      if (unanswered.keySet().stream().noneMatch(p -> p.partition().equals(moved) && to.has(p))) {
        owners.put(moved, to.number);
        readUpTo.put(moved, (int) of(moved).next);
      }
    }
  }

  private Polled poll(int number, int from, int to) {
    readUpTo.put(Polls.partition(number), to);
    polls.seek(number, from);
    Polled[] self = new Polled[1];
    self[0] = polls.polled(number, logs.get(number).subList(from, to), () -> acknowledged(self[0]));
    unanswered.put(self[0], to - from);
    return self[0];
  }

  /** What is dropped behind a gap counts as answered. */
  private void acknowledged(Polled polled) {
    int left = unanswered.remove(polled);
    check(left == 0 || everAGap.contains(polled.partition()), "acknowledged too early");
  }

  boolean isDone() {
    for (int number = 0; number < logs.size(); number++) {
      TopicPartition partition = Polls.partition(number);
      if (of(partition).next < logs.get(number).size()) {
        return false;
      }
    }
    return clients.stream().allMatch(client -> client.queue.isEmpty());
  }

  /** What was handed over and not acknowledged. */
  int unacknowledged() {
    return unanswered.size();
  }

  /** One of them, with what it has polled and what it knows of gaps. */
  private final class Client implements WorkingOff.Way<Order> {
    private final int number;
    private final GapsSeen gapsSeen = new GapsSeen();

    /** Polled, and not yet handed over: SmallRye has a queue of its own. */
    private final Deque<List<Polled>> queue = new ArrayDeque<>();

    private final Set<Polled> everPolled = new HashSet<>();
    private CompletableFuture<Void> asked = CompletableFuture.completedFuture(null);
    private WorkingOff<Order> to;

    private Client(int number) {
      this.number = number;
    }

    private void goOn() {
      if (queue.size() < 2) {
        List<Polled> poll = new ArrayList<>();
        for (int log = 0; log < logs.size(); log++) {
          int from = readUpTo.getOrDefault(Polls.partition(log), 0);
          int left = owners.getOrDefault(Polls.partition(log), 0) == number ? left(log, from) : 0;
          if (left > 0 && chance.nextInt(3) > 0) {
            poll.add(poll(log, from, from + 1 + chance.nextInt(Math.min(left, 300))));
          }
        }
        if (!poll.isEmpty()) {
          everPolled.addAll(poll);
          queue.add(poll);
        }
      }
      if (asked.isDone() && !queue.isEmpty()) {
        asked = to.offer(queue.remove()).toCompletableFuture();
      }
    }

    private boolean has(Polled polled) {
      return everPolled.contains(polled);
    }

    private int left(int log, int from) {
      return logs.get(log).size() - from;
    }

    @Override
    public List<Received<Order>> unseen(List<Received<Order>> commands) {
      return commands;
    }

    @Override
    public CommandHandler<Order> prepare(PreparingAhead<Order> ahead, Batch<Order> batch) {
      Broker.this.goOn();
      return ahead.handlerOf(batch);
    }

    @Override
    public Answers<Order> answer(CommandHandler<Order> applying, Batch<Order> batch) {
      check(++batches < 10_000, "goes in circles");
      Broker.this.goOn();
      if (chance.nextInt(4) == 0) {
        another.run();
      }
      Map<TopicPartition, Gap> gaps = new HashMap<>();
      batch
          .spans()
          .forEach(
              (partition, span) -> {
                loseSomething(partition);
                long next = of(partition).next;
                if (span.first() > next) {
                  Gap gap = new Gap(next, span.first());
                  check(everLost, "out of order: nothing was lost");
                  check(
                      !gapsSeen.isHole(partition, gap), "taken for a hole of the log, and skipped");
                  gaps.put(partition, gap);
                  everAGap.add(partition);
                } else {
                  of(partition).commit(commandsOf(batch, partition), span.next());
                }
              });
      batch.shares().forEach((polled, records) -> unanswered.merge(polled, -records, Integer::sum));
      Broker.this.goOn();
      return new Answers<>(List.of(), 0, gaps, Map.of());
    }

    @Override
    public void settle(Batch<Order> batch, Answers<Order> answers) {
      batch.spans().keySet().stream()
          .filter(partition -> !answers.gaps().containsKey(partition))
          .forEach(gapsSeen::goesOn);
      answers
          .gaps()
          .forEach(
              (partition, gap) -> {
                gapsSeen.note(partition, gap);
                readUpTo.put(partition, (int) of(partition).next);
              });
    }
  }

  private static List<Received<Order>> commandsOf(Batch<Order> batch, TopicPartition partition) {
    return batch.commands().stream().filter(c -> c.partition().equals(partition)).toList();
  }

  private void loseSomething(TopicPartition partition) {
    int seldom = clients.size() > 1 ? 12 : 4;
    if (losses > 0 && quiet && of(partition).next > 0 && chance.nextInt(seldom) == 0) {
      losses--;
      quiet = false;
      everLost = true;
      of(partition).lose(1 + chance.nextInt(3));
    }
  }

  private Stored of(TopicPartition partition) {
    return stored.computeIfAbsent(partition, p -> new Stored(logs.get(p.partition())));
  }

  /** What the database knows of a partition: up to where it is done, and what else. */
  private static final class Stored {
    private final List<String> users;
    private final Deque<Stored> before = new ArrayDeque<>();
    private BitSet done = new BitSet();
    private long next;

    Stored(List<String> log) {
      this.users = log.stream().map(value -> new String(Polls.userOf(value), UTF_8)).toList();
    }

    void commit(List<Received<Order>> commands, long upTo) {
      Stored asItIs = new Stored(List.of());
      asItIs.next = next;
      asItIs.done = (BitSet) done.clone();
      before.push(asItIs);
      for (Received<Order> command : commands) {
        int offset = (int) command.offset();
        if (offset >= next && !done.get(offset)) {
          check(nothingLeftBefore(offset), "out of order");
          done.set(offset);
        }
      }
      next = Math.max(next, upTo);
      check(done.nextClearBit(0) >= next, "skipped");
    }

    private boolean nothingLeftBefore(int offset) {
      for (int left = done.nextClearBit(0); left < offset; left = done.nextClearBit(left + 1)) {
        if (users.get(left).equals(users.get(offset))) {
          return false;
        }
      }
      return true;
    }

    /** The last few commits. */
    void lose(int commits) {
      for (int i = 0; i < commits && !before.isEmpty(); i++) {
        Stored older = before.pop();
        next = older.next;
        done = older.done;
      }
    }
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}

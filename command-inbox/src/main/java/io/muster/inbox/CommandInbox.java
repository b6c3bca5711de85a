package io.muster.inbox;

import io.muster.chassis.tenancy.TenantScope;
import io.muster.inbox.position.ConsumerPositions;
import io.muster.inbox.position.ReadingAgain;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;

/**
 * Does a batch of commands exactly once. "Seen before?", the work, "seen now" and the partitions'
 * next offsets share the caller's transaction, so that they stand or fall together; outside one the
 * inbox refuses to run.
 */
@ApplicationScoped
public class CommandInbox {
  private final DataSource dataSource;
  private final ReadingAgain readingAgain;

  CommandInbox(DataSource dataSource, ReadingAgain readingAgain) {
    this.dataSource = dataSource;
    this.readingAgain = readingAgain;
  }

  /**
   * Answers every command of a batch, out of the table where it was done before, else by doing it.
   * Commands below a partition's stored position are never done, only answered. The positions' rows
   * are locked first, in order: of two owners of a partition one waits and then finds the other's
   * outcomes.
   *
   * @throws SQLException the database failed; nothing of the batch may count
   * @throws jakarta.transaction.TransactionalException outside a transaction
   */
  @Transactional(Transactional.TxType.MANDATORY)
  <C> Answers<C> answer(CommandType<C> type, CommandHandler<C> handler, Batch<C> batch)
      throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      Map<TopicPartition, Long> stored = ConsumerPositions.lock(connection, batch.spans().keySet());
      Map<TopicPartition, Long> gaps = gaps(batch, stored);
      List<Received<C>> commands =
          batch.commands().stream().filter(c -> !gaps.containsKey(c.partition())).toList();
      TenantScope.enter(
          connection, commands.stream().map(c -> c.key().tenant()).collect(Collectors.toSet()));
      Map<InboxKey, Outcome> seen =
          InboxTable.find(connection, commands.stream().map(Received::key).distinct().toList());

      List<Received<C>> fresh = fresh(commands, stored, seen);
      Map<InboxKey, Outcome> done = apply(type, handler, fresh, seen);
      InboxTable.store(connection, done);
      seen.putAll(done);
      Map<TopicPartition, Long> next = new HashMap<>();
      batch.spans().forEach((partition, span) -> next.put(partition, span.next()));
      next.keySet().removeAll(gaps.keySet());
      next.entrySet().removeIf(e -> e.getValue() <= stored.get(e.getKey()));
      ConsumerPositions.advance(connection, next);
      return answers(commands, seen, done.size(), gaps);
    }
  }

  /** Partitions whose batch starts above what is stored: something in between was never done. */
  private <C> Map<TopicPartition, Long> gaps(Batch<C> batch, Map<TopicPartition, Long> stored) {
    Map<TopicPartition, Long> gaps = new HashMap<>();
    batch
        .spans()
        .forEach(
            (partition, span) -> {
              Long next = stored.get(partition);
              if (next == null
                  || (span.first() > next
                      && !readingAgain.foundNothingBefore(partition, span.first()))) {
                gaps.put(partition, span.first());
              }
            });
    return gaps;
  }

  private static <C> List<Received<C>> fresh(
      List<Received<C>> commands, Map<TopicPartition, Long> stored, Map<InboxKey, Outcome> seen) {
    Set<InboxKey> taken = new HashSet<>(seen.keySet());
    List<Received<C>> fresh = new ArrayList<>();
    for (Received<C> command : commands) {
      if (command.offset() >= stored.get(command.partition()) && taken.add(command.key())) {
        fresh.add(command);
      }
    }
    return fresh;
  }

  private static <C> Map<InboxKey, Outcome> apply(
      CommandType<C> type,
      CommandHandler<C> handler,
      List<Received<C>> fresh,
      Map<InboxKey, Outcome> seen)
      throws SQLException {
    Map<InboxKey, Outcome> done = new LinkedHashMap<>();
    for (List<Received<C>> round : Rounds.of(fresh, c -> type.contentionKeys(c.command()))) {
      List<Received<C>> toDo = new ArrayList<>(round.size());
      for (Received<C> command : round) {
        InboxKey tombstone = command.key().tombstone();
        boolean undoneAlready =
            !command.key().equals(tombstone)
                && (seen.containsKey(tombstone) || done.containsKey(tombstone));
        if (undoneAlready) {
          done.put(command.key(), Outcome.undone());
        } else {
          toDo.add(command);
        }
      }
      if (toDo.isEmpty()) {
        continue;
      }
      List<Outcome> outcomes = handler.apply(toDo.stream().map(Received::command).toList());
      if (outcomes.size() != toDo.size()) {
        throw new IllegalStateException("a handler must answer every command of its round");
      }
      for (int i = 0; i < toDo.size(); i++) {
        done.put(toDo.get(i).key(), outcomes.get(i));
      }
    }
    return done;
  }

  private static <C> Answers<C> answers(
      List<Received<C>> commands,
      Map<InboxKey, Outcome> known,
      int fresh,
      Map<TopicPartition, Long> gaps) {
    List<Answer<C>> answers = new ArrayList<>(commands.size());
    Map<TopicPartition, Long> unknown = new HashMap<>();
    for (Received<C> command : commands) {
      Outcome outcome = known.get(command.key());
      if (outcome == null) {
        unknown.merge(command.partition(), command.offset(), Math::min);
      } else {
        answers.add(new Answer<>(command.command(), outcome, command.slice()));
      }
    }
    return new Answers<>(answers, fresh, gaps, unknown);
  }

  /**
   * @param answers to be sent once the transaction is through, in arrival order
   * @param fresh how many commands were done now
   * @param gaps partitions to be read again from the stored position, with the offset at which
   *     their batch began; nothing of them was looked at
   * @param unknown partitions with commands below the stored position that have no outcome, with
   *     the first such offset: the topic may be another one under the same name
   */
  record Answers<C>(
      List<Answer<C>> answers,
      int fresh,
      Map<TopicPartition, Long> gaps,
      Map<TopicPartition, Long> unknown) {}
}

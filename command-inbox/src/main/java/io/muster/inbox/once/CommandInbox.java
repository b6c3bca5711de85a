package io.muster.inbox.once;

import io.muster.chassis.tenancy.TenantScope;
import io.muster.inbox.Answer;
import io.muster.inbox.CommandHandler;
import io.muster.inbox.CommandType;
import io.muster.inbox.Outcome;
import io.muster.inbox.batch.Batch;
import io.muster.inbox.batch.InboxKey;
import io.muster.inbox.batch.Received;
import io.muster.inbox.position.ConsumerPositions;
import io.muster.inbox.position.Gap;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;

/**
 * Does a batch of commands exactly once. "Seen before?", the work, "seen now" and the partitions'
 * next offsets share the caller's transaction, so that they stand or fall together; outside one the
 * inbox refuses to run. Why so: {@code docs/decisions/0002-the-command-inbox.md}.
 */
@ApplicationScoped
public class CommandInbox {
  private final DataSource dataSource;

  public CommandInbox(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Answers every command of a batch, out of the table where it was done before, else by doing it.
   * Commands below a partition's stored position are never done, only answered. Of those that were
   * answered before their turn it is only made sure that the table still knows them. The positions'
   * rows are locked first, in order: of two owners of a partition one waits and then finds the
   * other's outcomes.
   *
   * @param isHole tells whether the log itself is known to hold nothing in a gap
   * @throws SQLException the database failed; nothing of the batch may count
   * @throws jakarta.transaction.TransactionalException outside a transaction
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public <C> Answers<C> answer(
      CommandType<C> type,
      CommandHandler<C> handler,
      Batch<C> batch,
      BiPredicate<TopicPartition, Gap> isHole)
      throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      Map<TopicPartition, Long> stored = ConsumerPositions.lock(connection, batch.spans().keySet());
      Map<TopicPartition, Gap> gaps = gaps(batch, stored, isHole);
      List<Received<C>> commands =
          batch.commands().stream().filter(c -> !gaps.containsKey(c.partition())).toList();
      TenantScope.enter(
          connection, commands.stream().map(c -> c.key().tenant()).collect(Collectors.toSet()));
      Map<InboxKey, Outcome> seen =
          InboxTable.find(connection, commands.stream().map(Received::key).distinct().toList());

      List<Received<C>> fresh = fresh(commands, stored, seen);
      Map<InboxKey, Outcome> done = new DoingInRounds<>(type, handler, seen).all(fresh);
      InboxTable.store(connection, done);
      seen.putAll(done);
      ConsumerPositions.advance(connection, next(batch, gaps.keySet()));
      return answers(commands, seen, done.keySet(), gaps);
    }
  }

  /** Partitions whose batch starts above what is stored: something in between was never done. */
  private static <C> Map<TopicPartition, Gap> gaps(
      Batch<C> batch, Map<TopicPartition, Long> stored, BiPredicate<TopicPartition, Gap> isHole) {
    Map<TopicPartition, Gap> gaps = new HashMap<>();
    batch
        .spans()
        .forEach(
            (partition, span) -> {
              Long next = stored.get(partition);
              Gap gap = new Gap(next == null ? 0 : next, span.first());
              if (next == null || (span.first() > next && !isHole.test(partition, gap))) {
                gaps.put(partition, gap);
              }
            });
    return gaps;
  }

  private static <C> Map<TopicPartition, Long> next(Batch<C> batch, Set<TopicPartition> left) {
    Map<TopicPartition, Long> next = new HashMap<>();
    batch.spans().forEach((partition, span) -> next.put(partition, span.next()));
    next.keySet().removeAll(left);
    return next;
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

  /**
   * Looks up which of some commands the table knows nothing of, neither of them nor of their undo.
   *
   * @throws jakarta.transaction.TransactionalException outside a transaction
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public <C> List<Received<C>> unseen(List<Received<C>> commands) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      TenantScope.enter(
          connection, commands.stream().map(c -> c.key().tenant()).collect(Collectors.toSet()));
      Map<InboxKey, Outcome> seen =
          InboxTable.find(connection, commands.stream().map(Received::key).distinct().toList());
      return commands.stream()
          .filter(c -> !seen.containsKey(c.key()) && !seen.containsKey(c.key().tombstone()))
          .toList();
    }
  }

  private static <C> Answers<C> answers(
      List<Received<C>> commands,
      Map<InboxKey, Outcome> known,
      Set<InboxKey> fresh,
      Map<TopicPartition, Gap> gaps) {
    List<Answer<C>> answers = new ArrayList<>(commands.size());
    Map<TopicPartition, Long> unknown = new HashMap<>();
    for (Received<C> command : commands) {
      Outcome outcome = known.get(command.key());
      if (outcome == null) {
        unknown.merge(command.partition(), command.offset(), Math::min);
      } else if (!command.answered() || fresh.contains(command.key())) {
        answers.add(new Answer<>(command.command(), outcome, command.slice()));
      }
    }
    return new Answers<>(answers, fresh.size(), gaps, unknown);
  }
}

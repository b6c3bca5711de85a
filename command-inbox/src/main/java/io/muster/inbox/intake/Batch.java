package io.muster.inbox.intake;

import io.muster.inbox.CommandType;
import io.muster.inbox.database.JobDay;
import io.muster.inbox.report.Unreadable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * A poll's records, read.
 *
 * @param commands in arrival order within each partition
 * @param unreadable what is no command of this topic
 * @param spans from where to where each partition was read, unreadable records included
 */
record Batch<C>(
    List<Received<C>> commands, List<Unreadable> unreadable, Map<TopicPartition, Span> spans) {
  /**
   * @param first offset of the first record
   * @param next offset after the last record
   */
  record Span(long first, long next) {
    Span and(Span later) {
      return new Span(Math.min(first, later.first), Math.max(next, later.next));
    }
  }

  /** Reads the records of one poll. */
  static <C> Batch<C> of(
      CommandType<C> type, Iterable<? extends ConsumerRecord<?, byte[]>> records) {
    List<Batch<C>> one = cut(type, records, command -> false, Integer.MAX_VALUE);
    return one.isEmpty() ? new Batch<>(List.of(), List.of(), Map.of()) : one.get(0);
  }

  /**
   * Reads the records of one poll and cuts it behind every so many commands of one slow kind.
   * Within a partition the order stays. Partitions without any of that kind come first, and
   * together, but for what {@link SmallFirst} sets before them; then those where others wait behind
   * some, the fewest first: so they wait for what their own partition holds, and not for a whole
   * poll.
   *
   * @param slow commands of that kind
   * @param atMost of them in one batch
   */
  static <C> List<Batch<C>> cut(
      CommandType<C> type,
      Iterable<? extends ConsumerRecord<?, byte[]>> records,
      Predicate<C> slow,
      int atMost) {
    List<Batch<C>> batches = new ArrayList<>();
    for (List<ReadPartition<C>> group :
        SmallFirst.groups(ReadPartition.inOrder(type, records, slow))) {
      boolean another = true;
      int slowOnes = 0;
      for (ReadPartition<C> partition : group) {
        for (ReadPartition.Read<C> read : partition.reads()) {
          if (another || slowOnes >= atMost) {
            batches.add(new Batch<>(new ArrayList<>(), new ArrayList<>(), new LinkedHashMap<>()));
            slowOnes = 0;
            another = false;
          }
          batches.get(batches.size() - 1).take(partition.partition(), read);
          slowOnes += read.slow() ? 1 : 0;
        }
      }
    }
    return batches;
  }

  private void take(TopicPartition partition, ReadPartition.Read<C> read) {
    spans.merge(partition, new Span(read.offset(), read.offset() + 1), Span::and);
    if (read.command() == null) {
      unreadable.add(new Unreadable(partition, read.offset(), read.fault()));
    } else {
      commands.add(read.command());
    }
  }

  /** The days on which the jobs were made, for the tables that are partitioned by it. */
  Set<LocalDate> jobDays() {
    return commands.stream().map(c -> JobDay.of(c.key().jobId())).collect(Collectors.toSet());
  }
}

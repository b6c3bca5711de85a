package io.muster.inbox.batch;

import io.muster.inbox.database.JobDay;
import io.muster.inbox.report.Unreadable;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * What is answered in one transaction.
 *
 * @param commands in arrival order within each partition
 * @param unreadable what is no command of this topic
 * @param spans from where to where each partition is done with it, unreadable records included; of
 *     no length where commands are only answered before their turn
 * @param shares how many records of which poll are done with it
 */
public record Batch<C>(
    List<Received<C>> commands,
    List<Unreadable> unreadable,
    Map<TopicPartition, Span> spans,
    Map<Polled, Integer> shares) {
  /**
   * @param first offset of the first record
   * @param next offset after the last record
   */
  public record Span(long first, long next) {
    Span and(Span later) {
      return new Span(Math.min(first, later.first), Math.max(next, later.next));
    }
  }

  /** Nothing yet; also stands for no batch at all. */
  public static <C> Batch<C> empty() {
    return new Batch<>(
        new ArrayList<>(), new ArrayList<>(), new LinkedHashMap<>(), new HashMap<>());
  }

  /**
   * @param fronts at most one of each partition
   */
  static <C> Batch<C> of(List<Front<C>> fronts) {
    Batch<C> batch = empty();
    for (Front<C> front : fronts) {
      front.reads().forEach(read -> batch.take(front.partition(), read));
    }
    return batch;
  }

  /**
   * Takes a command before its turn.
   *
   * @param begin up to where its partition is done, or what the database knows is older
   */
  void takeBeforeItsTurn(TopicPartition partition, long begin, Read<C> read) {
    spans.merge(partition, new Span(begin, begin), Span::and);
    commands.add(read.command());
  }

  void take(TopicPartition partition, Read<C> read) {
    spans.merge(partition, new Span(read.offset(), read.offset() + 1), Span::and);
    shares.merge(read.polled(), 1, Integer::sum);
    if (read.command() == null) {
      unreadable.add(new Unreadable(partition, read.offset(), read.fault()));
    } else {
      commands.add(read.command());
    }
  }

  /**
   * The same, with everything to be answered, whatever was before: where nobody knows whether a
   * transaction was committed, what it did anew isn't new to the next one.
   */
  public Batch<C> allToBeAnswered() {
    List<Received<C>> all = new ArrayList<>(commands);
    all.replaceAll(Received::toBeAnswered);
    return new Batch<>(all, unreadable, spans, shares);
  }

  /**
   * Leaves out a partition that is to be read again.
   *
   * @return its shares
   */
  public Map<Polled, Integer> leaveOut(TopicPartition partition) {
    spans.remove(partition);
    commands.removeIf(command -> command.partition().equals(partition));
    unreadable.removeIf(record -> record.partition().equals(partition));
    Map<Polled, Integer> left = new HashMap<>();
    shares.forEach(
        (polled, records) -> {
          if (polled.partition().equals(partition)) {
            left.put(polled, records);
          }
        });
    shares.keySet().removeAll(left.keySet());
    return left;
  }

  /** From where to where it moves a partition on; null where it doesn't. */
  Span inTurn(TopicPartition partition) {
    Span span = spans.get(partition);
    return span == null || span.first() == span.next() ? null : span;
  }

  /** Keys of the partition's commands. */
  Set<ByteBuffer> keysOf(TopicPartition partition) {
    return commands.stream()
        .filter(command -> command.partition().equals(partition))
        .map(Received::orderedBy)
        .collect(Collectors.toSet());
  }

  /** The days on which the jobs were made, for the tables that are partitioned by it. */
  public Set<LocalDate> jobDays() {
    return commands.stream().map(c -> JobDay.of(c.key().jobId())).collect(Collectors.toSet());
  }
}

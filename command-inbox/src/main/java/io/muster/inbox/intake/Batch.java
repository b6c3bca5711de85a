package io.muster.inbox.intake;

import io.muster.chassis.wire.Records;
import io.muster.chassis.wire.UnreadableMessage;
import io.muster.chassis.wire.Wire;
import io.muster.contracts.command.CommandId;
import io.muster.contracts.topic.Headers;
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
import java.util.regex.Pattern;
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
  /** API.md: a tenant id. A comma in one would open another tenant's rows. */
  private static final Pattern TENANT = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

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
   * Reads the records of one poll and cuts it behind every so many commands of one kind.
   *
   * @param atMost commands of that kind in one batch
   * @return in the poll's order
   */
  static <C> List<Batch<C>> cut(
      CommandType<C> type,
      Iterable<? extends ConsumerRecord<?, byte[]>> records,
      Predicate<C> kind,
      int atMost) {
    Wire<C> wire = Wire.of(type.topic());
    List<Batch<C>> batches = new ArrayList<>();
    int ofThatKind = atMost;
    for (ConsumerRecord<?, byte[]> record : records) {
      if (batches.isEmpty() || ofThatKind >= atMost) {
        batches.add(new Batch<>(new ArrayList<>(), new ArrayList<>(), new LinkedHashMap<>()));
        ofThatKind = 0;
      }
      Batch<C> batch = batches.get(batches.size() - 1);
      TopicPartition partition = new TopicPartition(record.topic(), record.partition());
      batch.spans.merge(partition, new Span(record.offset(), record.offset() + 1), Span::and);
      try {
        C command = wire.decode(record.value());
        byte[] slice = Records.header(record.headers(), Headers.SLICE);
        batch.commands.add(
            new Received<>(command, key(type, command), partition, record.offset(), slice));
        ofThatKind += kind.test(command) ? 1 : 0;
      } catch (UnreadableMessage e) {
        batch.unreadable.add(new Unreadable(partition, record.offset(), e.getMessage()));
      }
    }
    return batches;
  }

  /** The days on which the jobs were made, for the tables that are partitioned by it. */
  Set<LocalDate> jobDays() {
    return commands.stream().map(c -> JobDay.of(c.key().jobId())).collect(Collectors.toSet());
  }

  private static <C> InboxKey key(CommandType<C> type, C command) throws UnreadableMessage {
    String tenant = type.tenant(command);
    if (!TENANT.matcher(tenant).matches()) {
      throw new UnreadableMessage("NO_TENANT_ID");
    }
    CommandId id = type.id(command);
    CommandId undoes = type.undoes(command);
    CommandId kept = undoes == null ? id : undoes;
    if (!JobDay.isJobId(id.jobId()) || !JobDay.isJobId(kept.jobId())) {
      throw new UnreadableMessage("NO_JOB_ID");
    }
    InboxKey.Kind kind = undoes == null ? InboxKey.Kind.COMMAND : InboxKey.Kind.UNDO;
    return new InboxKey(tenant, kept.jobId(), kept.row(), kind);
  }
}

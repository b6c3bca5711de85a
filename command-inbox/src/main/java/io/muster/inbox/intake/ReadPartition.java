package io.muster.inbox.intake;

import io.muster.chassis.wire.Records;
import io.muster.chassis.wire.UnreadableMessage;
import io.muster.chassis.wire.Wire;
import io.muster.contracts.command.CommandId;
import io.muster.contracts.topic.Headers;
import io.muster.inbox.CommandType;
import io.muster.inbox.database.JobDay;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What a poll brought of one partition, read.
 *
 * @param reads in arrival order
 */
record ReadPartition<C>(TopicPartition partition, List<Read<C>> reads) {
  /** API.md: a tenant id. A comma in one would open another tenant's rows. */
  private static final Pattern TENANT = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  /** In which order partitions come. */
  enum Kind {
    QUICK,
    MIXED,
    SLOW
  }

  /**
   * A record.
   *
   * @param command null when there is none in it
   * @param fault why; null with a command
   * @param slow whether the command is of the slow kind
   */
  record Read<C>(long offset, Received<C> command, String fault, boolean slow) {}

  /**
   * @return the quickest first; those that are as quick in the poll's order
   */
  static <C> List<ReadPartition<C>> inOrder(
      CommandType<C> type,
      Iterable<? extends ConsumerRecord<?, byte[]>> records,
      Predicate<C> slow) {
    Wire<C> wire = Wire.of(type.topic());
    Map<TopicPartition, ReadPartition<C>> partitions = new LinkedHashMap<>();
    for (ConsumerRecord<?, byte[]> record : records) {
      partitions
          .computeIfAbsent(
              new TopicPartition(record.topic(), record.partition()),
              partition -> new ReadPartition<>(partition, new ArrayList<>()))
          .read(type, wire, record, slow);
    }
    return partitions.values().stream()
        .sorted(
            Comparator.<ReadPartition<C>, Kind>comparing(ReadPartition::kind)
                .thenComparingLong(ReadPartition::slowOnes))
        .toList();
  }

  /** Some of it, from one place in the order to before another. */
  ReadPartition<C> part(int from, int to) {
    return new ReadPartition<>(partition, reads.subList(from, to));
  }

  Kind kind() {
    long slowOnes = slowOnes();
    if (slowOnes == 0) {
      return Kind.QUICK;
    }
    return reads.stream().anyMatch(read -> read.command() != null && !read.slow())
        ? Kind.MIXED
        : Kind.SLOW;
  }

  private long slowOnes() {
    return reads.stream().filter(Read::slow).count();
  }

  private void read(
      CommandType<C> type, Wire<C> wire, ConsumerRecord<?, byte[]> record, Predicate<C> slow) {
    try {
      C command = wire.decode(record.value());
      byte[] slice = Records.header(record.headers(), Headers.SLICE);
      Received<C> received =
          new Received<>(command, key(type, command), partition, record.offset(), slice);
      reads.add(new Read<>(record.offset(), received, null, slow.test(command)));
    } catch (UnreadableMessage e) {
      reads.add(new Read<>(record.offset(), null, e.getMessage(), false));
    }
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

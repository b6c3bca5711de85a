package io.muster.inbox.batch;

import io.muster.chassis.wire.Records;
import io.muster.chassis.wire.UnreadableMessage;
import io.muster.chassis.wire.Wire;
import io.muster.contracts.command.CommandId;
import io.muster.contracts.command.TenantId;
import io.muster.contracts.topic.Headers;
import io.muster.inbox.CommandType;
import io.muster.inbox.database.JobDay;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record, read.
 *
 * @param command null when there is none in it
 * @param fault why; null with a command
 * @param slow whether the command needs work that is too slow for a transaction
 * @param polled what it came with
 */
record Read<C>(long offset, Received<C> command, String fault, boolean slow, Polled polled) {
  /**
   * @return in the order of their offsets
   */
  static <C> List<Read<C>> of(CommandType<C> type, Predicate<C> slow, Polled polled) {
    Wire<C> wire = Wire.of(type.topic());
    return polled.takeRecords().stream().map(r -> of(type, wire, slow, polled, r)).toList();
  }

  private static <C> Read<C> of(
      CommandType<C> type,
      Wire<C> wire,
      Predicate<C> slow,
      Polled polled,
      ConsumerRecord<byte[], byte[]> record) {
    try {
      C command = wire.decode(record.value());
      byte[] slice = Records.header(record.headers(), Headers.SLICE);
      Received<C> received =
          new Received<>(
              command,
              key(type, command),
              polled.partition(),
              record.offset(),
              slice,
              record.key(),
              false);
      return new Read<>(record.offset(), received, null, slow.test(command), polled);
    } catch (UnreadableMessage e) {
      return new Read<>(record.offset(), null, e.getMessage(), false, polled);
    }
  }

  /**
   * Whether both may be in one batch, this one behind the other. Between two polls there must be
   * nothing: where the later one begins elsewhere the partition was read again or moved away
   * meanwhile, or misses something, which only shows at the beginning of a batch.
   */
  boolean goesOnBehind(Read<C> earlier) {
    return polled == earlier.polled || offset == earlier.offset + 1;
  }

  /**
   * It stays where it is: only its turn moves the partition's position. It is prepared by then, or
   * the database has lost it, which is worth a slow transaction.
   */
  Read<C> answeredBeforeItsTurn() {
    return new Read<>(offset, command.answeredBeforeItsTurn(), fault, false, polled);
  }

  /** Whether it is a command that is still to be answered. */
  boolean waits() {
    return command != null && !command.answered();
  }

  /** Whether it is a command with one of these keys. */
  boolean isOneOf(Set<ByteBuffer> keys) {
    return command != null && keys.contains(command.orderedBy());
  }

  private static <C> InboxKey key(CommandType<C> type, C command) throws UnreadableMessage {
    String tenant = type.tenant(command);
    // A comma in it would open another tenant's rows.
    if (!TenantId.isOne(tenant)) {
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

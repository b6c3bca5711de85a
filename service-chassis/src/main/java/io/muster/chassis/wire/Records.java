package io.muster.chassis.wire;

import io.muster.contracts.command.Part;
import io.muster.contracts.event.AccountEventType;
import io.muster.contracts.topic.Headers;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The headers of our records: CloudEvents attributes in Kafka's binary mode, and the slice number.
 * Thread-safe.
 */
public final class Records {
  private static final byte[] SPEC_1_0 = ascii("1.0");
  private static final byte[] JSON = ascii("application/json");

  private final byte[] source;
  private final byte[] type;

  /**
   * @param service the sender's name, {@code user-service}
   * @param type the message's, {@code row-result}
   */
  public Records(String service, String type) {
    this.source = ascii("/muster/" + service);
    this.type = ascii("io.muster." + type + ".v1");
  }

  /**
   * Headers of one record.
   *
   * @param id unique for this source
   * @param slice the dispatcher's slice number as it came; null when there is none
   */
  public RecordHeaders headers(String id, byte[] slice) {
    RecordHeaders headers = new RecordHeaders();
    headers.add(Headers.SPEC_VERSION, SPEC_1_0);
    headers.add(Headers.ID, ascii(id));
    headers.add(Headers.SOURCE, source);
    headers.add(Headers.TYPE, type);
    headers.add(Headers.CONTENT_TYPE, JSON);
    if (slice != null) {
      headers.add(Headers.SLICE, slice);
    }
    return headers;
  }

  /** {@link Headers#ID} of a command. */
  public static String commandId(UUID jobId, long row) {
    return jobId + "/" + row;
  }

  /** {@link Headers#ID} of a result. */
  public static String resultId(UUID jobId, long row, Part part) {
    return jobId + "/" + row + "/" + part;
  }

  /** {@link Headers#ID} of a result of many rows. */
  public static String resultId(UUID jobId, long first, long last, Part part) {
    return jobId + "/" + first + "-" + last + "/" + part;
  }

  /**
   * {@link Headers#ID} of an account event: the same however often the row comes again.
   *
   * @param ofUndo the row's undo did it, and not the row itself
   */
  public static String eventId(
      UUID jobId, long row, Part part, AccountEventType type, boolean ofUndo) {
    return resultId(jobId, row, part) + "/" + type.word() + (ofUndo ? "/undo" : "");
  }

  /**
   * @return the last header of that name as it came, or null
   */
  public static byte[] header(org.apache.kafka.common.header.Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null ? null : header.value();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

package io.muster.gateway.deadletter;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A letter as a caller sees it.
 *
 * @param tenant null for nobody's
 * @param service that could not read it; null when it didn't say
 * @param kept whether the topic still has the record; null where that wasn't looked up
 * @param payload the record's value: for the tenant's administrators only, else null; also null
 *     when the record was empty or its topic has forgotten it
 * @param payloadEncoding {@code UTF_8} or {@code BASE64}; null without payload
 */
record DeadLetterAnswer(
    UUID id,
    String tenant,
    String topic,
    int partition,
    long offset,
    String reason,
    String service,
    Instant putAt,
    Instant redrivenAt,
    Boolean kept,
    String payload,
    String payloadEncoding) {

  /** For operators: where, why and when. */
  static DeadLetterAnswer unseen(DeadLetter letter) {
    return of(letter, null, null, null);
  }

  /**
   * @param record null when its topic has forgotten it
   */
  static DeadLetterAnswer withPayload(DeadLetter letter, ConsumerRecord<byte[], byte[]> record) {
    if (record == null || record.value() == null) {
      return of(letter, record != null, null, null);
    }
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(record.value())).toString();
      return of(letter, true, text, "UTF_8");
    } catch (CharacterCodingException e) {
      return of(letter, true, Base64.getEncoder().encodeToString(record.value()), "BASE64");
    }
  }

  private static DeadLetterAnswer of(
      DeadLetter letter, Boolean kept, String payload, String payloadEncoding) {
    return new DeadLetterAnswer(
        letter.id(),
        DeadLetter.NOBODY.equals(letter.tenant()) ? null : letter.tenant(),
        letter.place().partition().topic(),
        letter.place().partition().partition(),
        letter.place().offset(),
        letter.reason(),
        letter.putBy(),
        letter.putAt(),
        letter.redrivenAt(),
        kept,
        payload,
        payloadEncoding);
  }
}

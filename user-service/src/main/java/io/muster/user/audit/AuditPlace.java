package io.muster.user.audit;

import io.muster.chassis.problem.RequestRefused;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

/**
 * Where an entry stands in the audit; entries are shown from the highest place down. Opaque to
 * callers.
 *
 * @param id of the batch, the check or the call: a UUIDv7, so the order of time
 * @param job in the batch
 * @param kind C or U, as in the table; a space for checks and calls
 * @param row of the job
 */
record AuditPlace(UUID id, UUID job, char kind, long row) {
  private static final UUID LEAST = new UUID(0, 0);
  private static final UUID MOST = new UUID(-1, -1);

  /** Above all entries. */
  static final AuditPlace TOP = new AuditPlace(MOST, MOST, '~', Long.MAX_VALUE);

  static AuditPlace ofCheck(UUID id) {
    return new AuditPlace(id, LEAST, ' ', 0);
  }

  String encoded() {
    String text = id + "/" + job + "/" + kind + "/" + row;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * @throws RequestRefused when it isn't one that we gave
   */
  static AuditPlace decoded(String after) {
    try {
      String[] parts =
          new String(Base64.getUrlDecoder().decode(after), StandardCharsets.US_ASCII).split("/");
      if (parts.length != 4 || parts[2].length() != 1 || parts[2].charAt(0) < ' ') {
        throw new IllegalArgumentException("a place has four parts");
      }
      return new AuditPlace(
          UUID.fromString(parts[0]),
          UUID.fromString(parts[1]),
          parts[2].charAt(0),
          Long.parseLong(parts[3]));
    } catch (IllegalArgumentException e) {
      throw RequestRefused.invalid("after", "Pass the value of next as it came, or leave it out.");
    }
  }
}

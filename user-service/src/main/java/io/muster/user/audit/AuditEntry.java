package io.muster.user.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.UUID;

/**
 * One change, one refused attempt, one check of a password, or one refused call, as it is shown.
 *
 * @param time when it was committed, nearly
 * @param kind what sort of entry it is
 * @param actor the subject of whoever wanted it
 * @param role their roles, separated by commas; null where it wasn't kept
 * @param job null for checks of passwords and for calls
 * @param row of the job; null without one
 * @param operation as in API.md, or VERIFY_PASSWORD; of a call its method and route
 * @param user in the compared form; null for a call
 * @param code why it was refused; null when it was done
 * @param before what was there, without any secret; null where nothing was, or nothing was changed
 * @param after what is there from then on; of a check whether the password was {@code valid}; of a
 *     call how many {@code times} it came within a moment
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record AuditEntry(
    Instant time,
    Kind kind,
    String actor,
    String role,
    UUID job,
    Long row,
    String operation,
    String user,
    String code,
    JsonNode before,
    JsonNode after) {

  /** What sort of entry it is. */
  public enum Kind {
    /** What a row did, or was refused. */
    CHANGE,
    /** A row was taken back, because its other part was refused. */
    UNDO,
    /** Somebody tried a password. */
    PASSWORD_CHECK,
    /** Somebody made a call that they may not make. */
    CALL
  }
}

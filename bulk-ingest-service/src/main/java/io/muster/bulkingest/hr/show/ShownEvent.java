package io.muster.bulkingest.hr.show;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.muster.contracts.hr.Disposition;
import java.time.Instant;
import java.util.UUID;

/**
 * A receipt of an event, as it is shown: who it is about by number only.
 *
 * @param id the event's
 * @param type null where it couldn't be read
 * @param employee likewise
 * @param time when it happened; null where that couldn't be read
 * @param reason what it waits for, why it is stale or dead, that there was NO_ACCOUNT to change or
 *     it WAS_DISABLED; null where there is nothing to add
 * @param decidedAt null while it waits
 * @param job that took the first row which followed; null where none did
 * @param row in that job
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ShownEvent(
    String id,
    String source,
    String type,
    String employee,
    Instant time,
    Instant receivedAt,
    Disposition disposition,
    String reason,
    Instant decidedAt,
    UUID job,
    Long row) {}

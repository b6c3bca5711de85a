package io.muster.license.seat;

import io.muster.contracts.command.Stamp;
import java.util.Objects;
import java.util.UUID;

/**
 * Somebody said of a user: these seats and no others. What is older adds none any more.
 *
 * @param stamp when it was said
 * @param jobId by which job
 */
public record ExactSet(Stamp stamp, UUID jobId) {
  public ExactSet {
    Objects.requireNonNull(stamp, "stamp");
    Objects.requireNonNull(jobId, "jobId");
  }
}

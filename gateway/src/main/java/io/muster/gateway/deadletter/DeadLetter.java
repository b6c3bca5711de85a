package io.muster.gateway.deadletter;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * A record that a service could not read, by its place.
 *
 * @param tenant whose it is; {@link #NOBODY} when the record doesn't tell
 * @param reason a code
 * @param putBy the service that could not read it; null when it didn't say
 * @param putAt when it was laid aside
 * @param redrivenAt when it was sent again; null: not yet
 */
record DeadLetter(
    String tenant,
    UUID id,
    Place place,
    String reason,
    String putBy,
    Instant putAt,
    Instant redrivenAt) {
  /** No tenant's id: only operators see these. */
  static final String NOBODY = "-";

  DeadLetter {
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(putAt, "putAt");
  }
}

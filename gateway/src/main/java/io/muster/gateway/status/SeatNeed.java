package io.muster.gateway.status;

import java.util.Objects;

/**
 * What the rows of a dry run would take of a subscription, as license-service tells it.
 *
 * @param needed seats that the rows asked for
 * @param free seats that were free
 */
public record SeatNeed(String sku, long needed, long free) {
  public SeatNeed {
    Objects.requireNonNull(sku, "sku");
  }
}

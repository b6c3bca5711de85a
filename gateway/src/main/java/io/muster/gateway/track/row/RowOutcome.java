package io.muster.gateway.track.row;

/** What the administrator sees of a row. */
public enum RowOutcome {
  /** Not on the bus yet. */
  PENDING,
  /** On the bus, without an end. */
  IN_FLIGHT,
  /** All its parts were applied. */
  SUCCEEDED,
  /** Refused, and nothing of it remains. */
  FAILED,
  /** Cut off by a cancel before it reached the bus. */
  CANCELLED
}

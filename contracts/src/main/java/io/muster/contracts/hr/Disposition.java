package io.muster.contracts.hr;

/** What became of an event of HR. Each receipt of one has exactly one of these at any time. */
public enum Disposition {
  /** It was the newest that was known of its employee, and what follows from it was ordered. */
  APPLIED,
  /** An event of this source and id was received before; nothing followed from it again. */
  DUPLICATE,
  /**
   * Something newer was known of its employee, or came before it took effect; it changed nothing.
   */
  STALE,
  /** Nothing yet: it waits for a name, for a date, or for the release of the feed. */
  WAITING,
  /** It can't be done as it is; it lies among the dead letters with the reason. */
  DEAD
}

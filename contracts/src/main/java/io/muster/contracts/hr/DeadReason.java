package io.muster.contracts.hr;

/**
 * Why an event of HR lies among the dead letters: the words of the header {@code muster-reason}.
 */
public enum DeadReason {
  /** No JSON object, or larger than an event can be. */
  NOT_JSON,
  /** Breaks the schema of events; the header {@code muster-field} names the field to blame. */
  BREAKS_THE_SCHEMA,
  /**
   * Its time is to come: of a clock that is wrong. As the newest it would silence its employee
   * until then.
   */
  TOO_FAR_AHEAD,
  /** A tenant that operators have to register first. */
  UNKNOWN_TENANT,
  /** There is no domain to make a user principal name in. */
  NO_DOMAIN
}

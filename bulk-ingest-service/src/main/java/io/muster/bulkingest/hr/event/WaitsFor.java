package io.muster.bulkingest.hr.event;

/** What an event waits for. */
public enum WaitsFor {
  /** The row that makes the employee's account is under way, and its name isn't certain. */
  NAME,
  /** It takes effect on a later day: it stands in the schedule. */
  DATE,
  /** The feed is paused. */
  RELEASE
}

package io.muster.bulkingest.hr.schedule;

import java.time.Instant;
import java.util.Objects;

/**
 * What is to be done about an employee on a later day.
 *
 * @param employeeId whom
 * @param what what
 * @param due not before
 * @param event number of the event that it follows from
 * @param sealed that event, sealed for its number
 */
public record Scheduled(String employeeId, What what, Instant due, long event, byte[] sealed) {
  /** What can wait for its day. */
  public enum What {
    /** Make or activate the account. */
    HIRE,
    /** Disable it. */
    LEAVE,
    /** Move it to the recycle bin. */
    REMOVE
  }

  public Scheduled {
    Objects.requireNonNull(employeeId, "employeeId");
    Objects.requireNonNull(what, "what");
    Objects.requireNonNull(due, "due");
    Objects.requireNonNull(sealed, "sealed");
  }
}

package io.muster.contracts.topic;

import io.muster.contracts.command.LicenseCommand;
import io.muster.contracts.command.UserCommand;
import io.muster.contracts.command.UserPrincipalName;
import io.muster.contracts.event.AccountEvent;
import io.muster.contracts.hr.HrEvent;
import io.muster.contracts.job.JobEvent;
import io.muster.contracts.job.JobProgress;
import io.muster.contracts.result.RowResult;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * Every topic with its key, its value and how long it is kept. Adding partitions moves keys, so it
 * is done only while dispatch is drained.
 */
public final class Topics {
  public static final Topic<UserCommand> USER_COMMANDS =
      new Topic<>("muster.user-commands", 12, UserCommand.class, Keeping.ROWS);
  public static final Topic<LicenseCommand> LICENSE_COMMANDS =
      new Topic<>("muster.license-commands", 12, LicenseCommand.class, Keeping.ROWS);
  public static final Topic<RowResult> ROW_RESULTS =
      new Topic<>("muster.row-results", 12, RowResult.class, Keeping.ROWS);
  public static final Topic<JobEvent> JOB_EVENTS =
      new Topic<>("muster.job-events", 3, JobEvent.class, Keeping.JOBS);
  public static final Topic<JobProgress> JOB_PROGRESS =
      new Topic<>("muster.job-progress", 3, JobProgress.class, Keeping.JOBS);
  public static final Topic<HrEvent> HR_EVENTS =
      new Topic<>("muster.hr-events", 6, HrEvent.class, Keeping.HR);

  /** For the tenants' other systems; nobody here reads it. */
  public static final Topic<AccountEvent> ACCOUNT_EVENTS =
      new Topic<>("muster.account-events", 12, AccountEvent.class, Keeping.ROWS);

  /** Rows that share a result key, and so arrive in one partition and one chunk of the count. */
  public static final int ROWS_PER_RESULT_KEY = 1024;

  private Topics() {}

  /** In the order in which a set-up makes them. */
  public static List<Topic<?>> all() {
    return List.of(
        USER_COMMANDS,
        LICENSE_COMMANDS,
        ROW_RESULTS,
        JOB_EVENTS,
        JOB_PROGRESS,
        ACCOUNT_EVENTS,
        HR_EVENTS);
  }

  /** How topics of dead letters keep them: one partition each, few, and read by people. */
  public static Keeping deadLetters() {
    return Keeping.DEAD_LETTERS;
  }

  /**
   * How old a record of these topics can get. Who remembers what was done with commands and results
   * remembers it for longer. HR's events don't count: what was done with them is remembered for
   * ever.
   */
  public static Duration longestLifeOfARecord() {
    return all().stream()
        .filter(topic -> topic != HR_EVENTS)
        .map(topic -> topic.keeping().longestLife())
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  /**
   * Key of {@link #USER_COMMANDS} and {@link #ACCOUNT_EVENTS}: all of a user's records in one
   * partition, in order.
   */
  public static String userKey(String tenant, String userPrincipalName) {
    return tenant + '/' + UserPrincipalName.keyOf(userPrincipalName);
  }

  /** Key of {@link #LICENSE_COMMANDS}: arrival order is dispatch order within a tenant. */
  public static String licenseKey(String tenant) {
    return tenant;
  }

  /** The rows that share a result key have one number: a row's number, divided. */
  public static long chunkOf(long row) {
    return row / ROWS_PER_RESULT_KEY;
  }

  /** Key of {@link #ROW_RESULTS}. */
  public static String resultKey(UUID jobId, long row) {
    return jobId.toString() + '/' + chunkOf(row);
  }
}

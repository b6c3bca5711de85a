package io.muster.user.password.handout;

import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.job.RequestCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/**
 * A job's hand-outs as a whole.
 *
 * @param submitter who may collect them
 * @param madeAt when the last of them was made, by the hour
 * @param firstByteAt when they were first collected; null before that
 * @param shreddedAt when they were closed; null before that
 */
record HandoutJob(String submitter, Instant madeAt, Instant firstByteAt, Instant shreddedAt) {
  /** API.md: repeatable for 15 minutes after the first byte. */
  static final Duration REPEATABLE = Duration.ofMinutes(15);

  /** API.md: uncollected for 7 days. */
  static final Duration UNCOLLECTED = Duration.ofDays(7);

  private static final String FIND =
      """
      SELECT submitter, made_at, first_byte_at, shredded_at FROM handout_job
      WHERE tenant_id = ? AND job_id = ?
      """;

  private static final String START =
      """
      UPDATE handout_job SET first_byte_at = coalesce(first_byte_at, ?)
      WHERE tenant_id = ? AND job_id = ? AND shredded_at IS NULL
      """;

  private static final String CLOSE =
      """
      UPDATE handout_job SET shredded_at = coalesce(shredded_at, ?)
      WHERE tenant_id = ? AND job_id = ?
      """;

  /**
   * @return empty when the job made none
   */
  static Optional<HandoutJob> find(Connection connection, String tenant, UUID jobId)
      throws SQLException {
    try (PreparedStatement find = connection.prepareStatement(FIND)) {
      find.setString(1, tenant);
      find.setObject(2, jobId);
      try (ResultSet row = find.executeQuery()) {
        return row.next()
            ? Optional.of(
                new HandoutJob(row.getString(1), time(row, 2), time(row, 3), time(row, 4)))
            : Optional.empty();
      }
    }
  }

  /** Starts the fifteen minutes, unless they are running. */
  static void start(Connection connection, String tenant, UUID jobId, Instant now)
      throws SQLException {
    if (mark(connection, START, tenant, jobId, now) == 0) {
      throw gone();
    }
  }

  /** From now on nobody gets them. */
  static void close(Connection connection, String tenant, UUID jobId, Instant now)
      throws SQLException {
    mark(connection, CLOSE, tenant, jobId, now);
  }

  /**
   * @throws RequestRefused FORBIDDEN to everybody but the submitter, CREDENTIALS_GONE when it is
   *     too late
   */
  void refuseUnless(String subject, Instant now) {
    refuseUnlessSubmitter(subject);
    if (shreddedAt != null
        || (firstByteAt != null && !now.isBefore(firstByteAt.plus(REPEATABLE)))
        || (firstByteAt == null && !now.isBefore(madeAt.plus(UNCOLLECTED)))) {
      throw gone();
    }
  }

  void refuseUnlessSubmitter(String subject) {
    if (!submitter.equals(subject)) {
      throw RequestRefused.because(
          RequestCode.FORBIDDEN, "Only the job's submitter may collect its passwords.");
    }
  }

  static RequestRefused gone() {
    return RequestRefused.because(
        RequestCode.CREDENTIALS_GONE,
        "The passwords were collected or their time is over: reset those that are missing.");
  }

  private static int mark(Connection connection, String sql, String tenant, UUID jobId, Instant now)
      throws SQLException {
    try (PreparedStatement mark = connection.prepareStatement(sql)) {
      mark.setObject(1, OffsetDateTime.ofInstant(now, ZoneOffset.UTC));
      mark.setString(2, tenant);
      mark.setObject(3, jobId);
      return mark.executeUpdate();
    }
  }

  private static Instant time(ResultSet row, int column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}

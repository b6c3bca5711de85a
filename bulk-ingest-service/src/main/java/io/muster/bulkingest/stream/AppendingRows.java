package io.muster.bulkingest.stream;

import io.muster.bulkingest.admission.Claims;
import io.muster.bulkingest.dispatch.Dispatcher;
import io.muster.bulkingest.job.Job;
import io.muster.bulkingest.job.Snapshots;
import io.muster.bulkingest.spool.SpooledRow;
import io.muster.bulkingest.spool.Spools;
import io.muster.bulkingest.stream.outcome.GrowingJobs;
import io.muster.chassis.setwise.ColumnArrays;
import io.muster.contracts.command.Operation;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Rows that are appended to a job while it runs. From the commit on nothing of them is lost, and
 * they go the way of all rows; how they end is told to everybody who is {@link HearingOfRows}.
 * Thread-safe. Why so: {@code docs/decisions/0030-jobs-that-grow.md}.
 */
@ApplicationScoped
public class AppendingRows {
  private static final String APPEND =
      """
      INSERT INTO job_row (tenant_id, job_id, row_no, submission, sealed)
      SELECT ?, ?, row_no, ?, sealed FROM unnest(?::bigint[], ?::bytea[]) AS r (row_no, sealed)
      """;

  private static final String GROW =
      "UPDATE dispatch_checkpoint SET total = total + ? WHERE tenant_id = ? AND job_id = ?";

  private final JobOfADay jobOfADay;
  private final Claims claims;
  private final Snapshots snapshots;
  private final Spools spools;
  private final DataSource dataSource;
  private final GrowingJobs growing;
  private final Dispatcher dispatcher;
  private final Clock clock;

  AppendingRows(
      JobOfADay jobOfADay,
      Claims claims,
      Snapshots snapshots,
      Spools spools,
      DataSource dataSource,
      GrowingJobs growing,
      Dispatcher dispatcher,
      Clock clock) {
    this.jobOfADay = jobOfADay;
    this.claims = claims;
    this.snapshots = snapshots;
    this.spools = spools;
    this.dataSource = dataSource;
    this.growing = growing;
    this.dispatcher = dispatcher;
    this.clock = clock;
  }

  /** Where a row went. */
  public record Place(UUID jobId, long row) {}

  /**
   * Appends to the tenant's HR job of that day, which is made by the first row; behind a cancelled
   * one, or one that takes no rows any more, by the next. All get one new submission number. Holds
   * the job's lock until the transaction ends, in which the tenant was entered.
   *
   * @param day in UTC, in which the rows fall due
   * @param rows accepted ones, whose numbers don't matter; not empty
   * @return where each went, in the order of rows
   * @throws IllegalArgumentException for a refused row, or none
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public List<Place> append(String tenant, LocalDate day, List<SpooledRow> rows) {
    if (rows.isEmpty() || rows.stream().anyMatch(SpooledRow::isRefused)) {
      throw new IllegalArgumentException("rows to append are accepted ones, one at the least");
    }
    Job job = jobOfADay.locked(tenant, day);
    List<SpooledRow> numbered = new ArrayList<>(rows.size());
    rows.forEach(row -> numbered.add(row.numbered(job.total + numbered.size() + 1)));
    try {
      store(job, claims.nextSubmission(), numbered);
    } catch (SQLException e) {
      throw new IllegalStateException("rows could not be appended to job " + job.id, e);
    }
    grow(job, numbered);
    // Before the commit: nothing may come back of them that nobody listens for.
    growing.add(tenant, job.id);
    return numbered.stream().map(row -> new Place(job.id, row.row())).toList();
  }

  /**
   * After the commit: wakes the dispatcher. The job's new total is told to the world within a
   * second, at most once in each, however many rows come.
   */
  public void tell(String tenant, UUID jobId) {
    dispatcher.wakeUp();
  }

  private void store(Job job, long submission, List<SpooledRow> rows) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      try (PreparedStatement append = connection.prepareStatement(APPEND)) {
        append.setString(1, job.tenant);
        append.setObject(2, job.id);
        append.setLong(3, submission);
        new ColumnArrays<>(append, rows, 4)
            .add("bigint", SpooledRow::row)
            .add("bytea", row -> spools.sealNumbered(job.tenant, job.id, row));
        append.executeUpdate();
      }
      try (PreparedStatement grow = connection.prepareStatement(GROW)) {
        grow.setLong(1, rows.size());
        grow.setString(2, job.tenant);
        grow.setObject(3, job.id);
        grow.executeUpdate();
      }
    }
  }

  private void grow(Job job, List<SpooledRow> rows) {
    Map<Operation, Long> more = new EnumMap<>(Operation.class);
    rows.forEach(row -> more.merge(row.operation(), 1L, Long::sum));
    snapshots.addOperations(job, more);
    job.total += rows.size();
    job.progressedAt = clock.instant();
    job.version++;
  }
}

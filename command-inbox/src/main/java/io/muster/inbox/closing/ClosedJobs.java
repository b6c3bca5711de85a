package io.muster.inbox.closing;

import io.muster.chassis.setwise.ColumnArrays;
import io.muster.inbox.database.DayPartitions;
import io.muster.inbox.database.JobDay;
import io.muster.inbox.database.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** Remembers which jobs are closed: nothing is done, retried or undone for them any more. */
@ApplicationScoped
public class ClosedJobs {
  private static final String REMEMBER =
      """
      INSERT INTO closed_job (job_id, closed_at)
      SELECT closed.job_id, ? FROM unnest(?::uuid[]) AS closed (job_id)
      ON CONFLICT DO NOTHING
      """;

  private final DataSource dataSource;
  private final DayPartitions dayPartitions;
  private final Transactions transactions;

  public ClosedJobs(DataSource dataSource, DayPartitions dayPartitions, Transactions transactions) {
    this.dataSource = dataSource;
    this.dayPartitions = dayPartitions;
    this.transactions = transactions;
  }

  /**
   * In a transaction of its own; any of them may be known already.
   *
   * @param jobs ids that a job can have
   * @throws RuntimeException the database failed; nothing was remembered
   */
  public void remember(Collection<UUID> jobs) {
    if (jobs.isEmpty()) {
      return;
    }
    try {
      dayPartitions.ensure(jobs.stream().map(JobDay::of).collect(Collectors.toSet()));
      transactions.inNew(() -> store(jobs.stream().distinct().sorted().toList()));
    } catch (RuntimeException e) {
      dayPartitions.forget();
      throw e;
    }
  }

  private Void store(List<UUID> jobs) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(REMEMBER)) {
      statement.setObject(1, OffsetDateTime.ofInstant(Clock.systemUTC().instant(), ZoneOffset.UTC));
      new ColumnArrays<>(statement, jobs, 2).add("uuid", job -> job);
      statement.executeUpdate();
      return null;
    }
  }
}

package io.muster.bulkingest.operations;

import io.agroal.api.AgroalDataSource;
import io.muster.contracts.command.Operation;
import io.muster.contracts.job.JobSource;
import io.muster.contracts.job.JobState;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Reads the jobs of all tenants by the role that sees counts and times alone. */
@ApplicationScoped
class LookingAtJobs {
  /** More than anybody reads; the numbers by state count all of them. */
  static final int MOST = 500;

  private static final String STATES =
      """
      SELECT tenant_id, state, count(*), coalesce(sum(total), 0)::bigint FROM job
      WHERE state IN ('QUEUED', 'RUNNING', 'PAUSED', 'CANCELLING')
         OR finished_at > now() - interval '24 hours'
      GROUP BY tenant_id, state
      ORDER BY tenant_id, state
      """;

  private static final String WAITING =
      """
      SELECT j.tenant_id, count(*), sum(c.total - c.intended_row)::bigint
      FROM job j
      JOIN dispatch_checkpoint c ON c.tenant_id = j.tenant_id AND c.job_id = j.id
      WHERE j.state IN ('QUEUED', 'RUNNING', 'PAUSED', 'CANCELLING')
      GROUP BY j.tenant_id
      """;

  private static final String OPEN =
      """
      SELECT j.tenant_id, j.id, j.state, j.reason_code, j.source, j.operation, j.dry_run,
             j.submitted_at, j.start_at, j.progressed_at, j.total, j.refused, c.dispatched,
             j.succeeded + j.failed, CASE WHEN c.lease_until > now() THEN c.owner END
      FROM job j
      JOIN dispatch_checkpoint c ON c.tenant_id = j.tenant_id AND c.job_id = j.id
      WHERE j.state IN ('QUEUED', 'RUNNING', 'PAUSED', 'CANCELLING')
      ORDER BY j.submitted_at
      LIMIT ?
      """;

  private final AgroalDataSource finder;

  LookingAtJobs(@DataSource("finder") AgroalDataSource finder) {
    this.finder = finder;
  }

  /**
   * A tenant's jobs that aren't final.
   *
   * @param rows not handed to the bus yet
   */
  record Waiting(String tenant, long jobs, long rows) {}

  /** By tenant and state. */
  List<Overview.State> states() throws SQLException {
    try (Connection connection = finder.getConnection();
        PreparedStatement statement = connection.prepareStatement(STATES);
        ResultSet rows = statement.executeQuery()) {
      List<Overview.State> states = new ArrayList<>();
      while (rows.next()) {
        states.add(
            new Overview.State(
                rows.getString(1),
                JobState.valueOf(rows.getString(2)),
                rows.getLong(3),
                rows.getLong(4)));
      }
      return states;
    }
  }

  /** By tenant. */
  List<Waiting> waiting() throws SQLException {
    try (Connection connection = finder.getConnection();
        PreparedStatement statement = connection.prepareStatement(WAITING);
        ResultSet rows = statement.executeQuery()) {
      List<Waiting> waiting = new ArrayList<>();
      while (rows.next()) {
        waiting.add(new Waiting(rows.getString(1), rows.getLong(2), rows.getLong(3)));
      }
      return waiting;
    }
  }

  /** Those that aren't final, oldest first. */
  List<Overview.OpenJob> open() throws SQLException {
    try (Connection connection = finder.getConnection();
        PreparedStatement statement = connection.prepareStatement(OPEN)) {
      statement.setInt(1, MOST);
      List<Overview.OpenJob> open = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          String operation = row.getString(6);
          open.add(
              new Overview.OpenJob(
                  row.getString(1),
                  row.getObject(2, UUID.class),
                  JobState.valueOf(row.getString(3)),
                  row.getString(4),
                  JobSource.valueOf(row.getString(5)),
                  operation == null ? null : Operation.valueOf(operation),
                  row.getBoolean(7),
                  time(row, 8),
                  time(row, 9),
                  time(row, 10),
                  row.getLong(11),
                  row.getLong(12),
                  row.getLong(13),
                  row.getLong(14),
                  row.getString(15)));
        }
      }
      return open;
    }
  }

  private static Instant time(ResultSet row, int column) throws SQLException {
    Timestamp time = row.getTimestamp(column);
    return time == null ? null : time.toInstant();
  }
}

package io.muster.bulkingest.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Takes a job away from whoever dispatches it: its next intent is stored under an old epoch, so not
 * at all, and nothing is sent without an intent. To be called with the job locked: first the job,
 * then its checkpoint, so that nobody waits in a circle. docs/decisions/0014-how-jobs-stop.md.
 */
@ApplicationScoped
public class RevokingLeases {
  private static final String REVOKE =
      """
      UPDATE dispatch_checkpoint SET epoch = epoch + 1, owner = NULL, lease_until = '-infinity'
      WHERE tenant_id = ? AND job_id = ?
      """;

  /** Rows beyond the last intent will never be sent: the way ends there. */
  private static final String CUT =
      """
      UPDATE dispatch_checkpoint
      SET epoch = epoch + 1, owner = NULL, lease_until = '-infinity', total = intended_row
      WHERE tenant_id = ? AND job_id = ?
      RETURNING dispatched
      """;

  private static final String ROWS_LEFT =
      """
      SELECT intended_row < total FROM dispatch_checkpoint WHERE tenant_id = ? AND job_id = ?
      """;

  private final DataSource dataSource;

  RevokingLeases(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** What was intended is still sent to its end, by whoever takes the job over; nothing new is. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void revoke(Job job) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(REVOKE)) {
      statement.setString(1, job.tenant);
      statement.setObject(2, job.id);
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("can't revoke the lease of job " + job.id, e);
    }
  }

  /** Whether rows are left that nobody has intended to send yet. */
  @Transactional(Transactional.TxType.MANDATORY)
  boolean hasRowsLeft(Job job) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(ROWS_LEFT)) {
      statement.setString(1, job.tenant);
      statement.setObject(2, job.id);
      try (ResultSet left = statement.executeQuery()) {
        return left.next() && left.getBoolean(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("can't read the checkpoint of job " + job.id, e);
    }
  }

  /**
   * Likewise, and for ever.
   *
   * @return commands among the rows that were intended
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public long cut(Job job) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(CUT)) {
      statement.setString(1, job.tenant);
      statement.setObject(2, job.id);
      try (ResultSet cut = statement.executeQuery()) {
        if (!cut.next()) {
          throw new IllegalStateException("job " + job.id + " has no checkpoint");
        }
        return cut.getLong(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("can't cut job " + job.id, e);
    }
  }
}

package io.muster.bulkingest.stream.outcome;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;

/** Whether the rows of a job that grows have ended, and those that end by its cancel. */
@ApplicationScoped
public class RowEnds {
  private static final String ANY_WITHOUT_END =
      "SELECT FROM job_row WHERE tenant_id = ? AND job_id = ? AND NOT ended LIMIT 1";

  private static final String CANCEL =
      """
      UPDATE job_row SET user_part = 'SKIPPED', user_detail = ?, ended = true
      WHERE tenant_id = ? AND job_id = ? AND row_no > ? AND NOT ended
      """;

  private static final String CANCELLED = "The job was cancelled before this row was sent.";

  private final DataSource dataSource;

  RowEnds(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Of all of the job's rows it is known how they ended. */
  @Transactional(Transactional.TxType.MANDATORY)
  public boolean areAll(String tenant, UUID jobId) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement any = connection.prepareStatement(ANY_WITHOUT_END)) {
      any.setString(1, tenant);
      any.setObject(2, jobId);
      try (ResultSet rows = any.executeQuery()) {
        return !rows.next();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("can't look at the rows of job " + jobId, e);
    }
  }

  /**
   * Rows behind one won't be sent any more: that is told like every end. In the transaction that
   * cancels the job.
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public void cancel(String tenant, UUID jobId, long behind) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement cancel = connection.prepareStatement(CANCEL)) {
      cancel.setString(1, CANCELLED);
      cancel.setString(2, tenant);
      cancel.setObject(3, jobId);
      cancel.setLong(4, behind);
      cancel.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("can't cancel rows of job " + jobId, e);
    }
  }
}

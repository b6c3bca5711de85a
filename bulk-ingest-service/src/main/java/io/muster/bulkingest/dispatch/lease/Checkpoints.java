package io.muster.bulkingest.dispatch.lease;

import io.agroal.api.AgroalDataSource;
import io.muster.bulkingest.dispatch.window.FinishedRows.Counts;
import io.muster.chassis.tenancy.TenantScope;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * How far each job was handed to the bus, under a lease: finding the ones with something left, and
 * taking and giving back their leases.
 */
@ApplicationScoped
public class Checkpoints {
  /**
   * Those first that have waited for their turn the longest, of those that never had one those that
   * are done with one slice; but no tenant's files more than its number of places, and every
   * tenant's first job before any tenant's second. Files of a tenant that another dispatcher holds
   * some of are left to it, or the tenant's share would grow with the number of dispatchers. A job
   * that is paused or being cancelled is sent as far as it was intended and no further: what a
   * crash left between intent and sending has to come to its end. (A cancelled one's total is cut
   * to that.)
   */
  private static final String FIND_WORK =
      """
      SELECT tenant_id, job_id, single FROM (
        SELECT tenant_id, job_id, single,
               row_number() OVER (PARTITION BY single ORDER BY place, lease_until, submission) AS rank
        FROM (
          SELECT c.tenant_id, c.job_id, c.submission, c.single, c.lease_until,
                 row_number() OVER (PARTITION BY c.tenant_id, c.single ORDER BY c.lease_until, c.total > ?, c.submission) AS place
          FROM dispatch_checkpoint c
          JOIN job j ON j.tenant_id = c.tenant_id AND j.id = c.job_id
          WHERE c.acked_row < c.total AND c.lease_until < now()
            AND (j.state IN ('QUEUED', 'RUNNING', 'CANCELLING')
                 OR j.state = 'PAUSED' AND c.acked_row < c.intended_row)
            AND (j.start_at IS NULL OR j.start_at <= now())
            AND NOT EXISTS (SELECT FROM dispatch_halt h WHERE h.tenant_id IN (c.tenant_id, '*'))
            AND (c.single OR NOT EXISTS (
                  SELECT FROM dispatch_checkpoint elsewhere
                  WHERE elsewhere.tenant_id = c.tenant_id AND elsewhere.acked_row < elsewhere.total
                    AND NOT elsewhere.single
                    AND elsewhere.lease_until >= now() AND elsewhere.owner <> ?))
        ) waiting
        WHERE single OR place <= ?
      ) ranked
      WHERE rank <= CASE WHEN single THEN ? ELSE ? END
      ORDER BY rank
      """;

  private static final String CLAIM =
      """
      UPDATE dispatch_checkpoint c
      SET owner = ?, epoch = c.epoch + 1, lease_until = now() + ? * interval '1 millisecond'
      FROM unnest(?::text[], ?::uuid[]) AS wanted (tenant_id, job_id), job j
      WHERE c.tenant_id = wanted.tenant_id AND c.job_id = wanted.job_id
        AND j.tenant_id = c.tenant_id AND j.id = c.job_id
        AND c.lease_until < now() AND c.acked_row < c.total
        AND (j.state IN ('QUEUED', 'RUNNING', 'CANCELLING')
             OR j.state = 'PAUSED' AND c.acked_row < c.intended_row)
      RETURNING c.tenant_id, c.job_id, c.submission, c.single, c.epoch,
                CASE WHEN j.state = 'PAUSED' THEN c.intended_row ELSE c.total END,
                c.intended_row, c.acked_row, c.dispatched
      """;

  private static final String FINISHED =
      "SELECT id, succeeded + failed, failed FROM job WHERE id = ANY (?)";

  private static final String BEGIN_AGAIN =
      """
      UPDATE dispatch_checkpoint SET acked_row = 0, lease_until = '-infinity'
      WHERE tenant_id = ? AND job_id = ? AND epoch = ?
      """;

  /** The end of its lease says since when it waits for its next turn. */
  private static final String PUT_BACK =
      """
      UPDATE dispatch_checkpoint SET lease_until = now()
      WHERE tenant_id = ? AND job_id = ? AND epoch = ?
      """;

  private static final String RELEASE =
      """
      UPDATE dispatch_checkpoint SET lease_until = '-infinity'
      WHERE tenant_id = ? AND job_id = ? AND epoch = ?
      """;

  private final javax.sql.DataSource work;
  private final AgroalDataSource finder;
  private final TenantScope tenants;

  Checkpoints(
      javax.sql.DataSource work,
      @DataSource("finder") AgroalDataSource finder,
      TenantScope tenants) {
    this.work = work;
    this.finder = finder;
    this.tenants = tenants;
  }

  public record JobKey(String tenant, UUID jobId) {}

  /** What nobody holds: single calls, and all else; of each the first to get its turn first. */
  public record Waiting(List<JobKey> singles, List<JobKey> files) {}

  /**
   * A job's place on its way, as the database has it.
   *
   * @param epoch of the lease under which this is known
   * @param total rows to send up to: of a paused job those that were intended
   * @param intendedRow rows up to here may be on the bus
   * @param ackedRow rows up to here are on the bus
   * @param dispatched commands among the rows up to intendedRow
   */
  public record Checkpoint(
      JobKey job,
      long submission,
      boolean single,
      long epoch,
      long total,
      long intendedRow,
      long ackedRow,
      long dispatched) {}

  /**
   * Jobs with rows to send that nobody holds, of all tenants.
   *
   * @param owner who asks
   * @param singles at most
   * @param filesPerTenant at most
   * @param files at most
   * @param sliceRows up to so many rows are one slice
   */
  public Waiting findWork(String owner, int singles, int filesPerTenant, int files, int sliceRows)
      throws SQLException {
    try (Connection connection = finder.getConnection();
        PreparedStatement statement = connection.prepareStatement(FIND_WORK)) {
      statement.setInt(1, sliceRows);
      statement.setString(2, owner);
      statement.setInt(3, filesPerTenant);
      statement.setInt(4, singles);
      statement.setInt(5, files);
      Waiting found = new Waiting(new ArrayList<>(), new ArrayList<>());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          (rows.getBoolean(3) ? found.singles() : found.files())
              .add(new JobKey(rows.getString(1), rows.getObject(2, UUID.class)));
        }
      }
      return found;
    }
  }

  /** Takes the lease of those that are still free. */
  @Transactional
  public List<Checkpoint> claim(List<JobKey> wanted, String owner, long leaseMillis)
      throws SQLException {
    enter(wanted);
    try (Connection connection = work.getConnection();
        PreparedStatement statement = connection.prepareStatement(CLAIM)) {
      statement.setString(1, owner);
      statement.setLong(2, leaseMillis);
      statement.setArray(3, texts(connection, wanted));
      statement.setArray(4, ids(connection, wanted));
      List<Checkpoint> claimed = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          claimed.add(
              new Checkpoint(
                  new JobKey(rows.getString(1), rows.getObject(2, UUID.class)),
                  rows.getLong(3),
                  rows.getBoolean(4),
                  rows.getLong(5),
                  rows.getLong(6),
                  rows.getLong(7),
                  rows.getLong(8),
                  rows.getLong(9)));
        }
      }
      return claimed;
    }
  }

  /** What the gateway has counted, by job, of all tenants. */
  public Map<UUID, Counts> finished(List<UUID> jobs) throws SQLException {
    try (Connection connection = finder.getConnection();
        PreparedStatement statement = connection.prepareStatement(FINISHED)) {
      statement.setArray(1, connection.createArrayOf("uuid", jobs.toArray()));
      Map<UUID, Counts> finished = new HashMap<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          finished.put(rows.getObject(1, UUID.class), new Counts(rows.getLong(2), rows.getLong(3)));
        }
      }
      return finished;
    }
  }

  /** Lets others have it at once, behind those that have waited longer. */
  @Transactional
  public void putBack(JobKey job, long epoch) throws SQLException {
    update(PUT_BACK, job, epoch);
  }

  /** Lets others have it at once. */
  @Transactional
  public void release(JobKey job, long epoch) throws SQLException {
    update(RELEASE, job, epoch);
  }

  /** Likewise; whoever takes it sends all that was intended again. */
  @Transactional
  public void beginAgain(JobKey job, long epoch) throws SQLException {
    update(BEGIN_AGAIN, job, epoch);
  }

  private void update(String sql, JobKey job, long epoch) throws SQLException {
    tenants.enter(job.tenant());
    try (Connection connection = work.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, job.tenant());
      statement.setObject(2, job.jobId());
      statement.setLong(3, epoch);
      statement.executeUpdate();
    }
  }

  private void enter(Collection<JobKey> jobs) {
    tenants.enter(jobs.stream().map(JobKey::tenant).distinct().toList());
  }

  private static Array texts(Connection connection, List<JobKey> jobs) throws SQLException {
    return connection.createArrayOf("text", jobs.stream().map(JobKey::tenant).toArray());
  }

  private static Array ids(Connection connection, List<JobKey> jobs) throws SQLException {
    return connection.createArrayOf("uuid", jobs.stream().map(JobKey::jobId).toArray());
  }
}

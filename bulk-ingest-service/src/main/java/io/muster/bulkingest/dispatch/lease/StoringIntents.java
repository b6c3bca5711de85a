package io.muster.bulkingest.dispatch.lease;

import io.muster.bulkingest.dispatch.lease.Checkpoints.Checkpoint;
import io.muster.bulkingest.dispatch.lease.Checkpoints.JobKey;
import io.muster.bulkingest.guard.BlastRadius;
import io.muster.chassis.setwise.ColumnArrays;
import io.muster.chassis.tenancy.TenantScope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Stores how far each job is about to be sent and is acknowledged, before anything is sent: what
 * isn't stored here is never on the bus. With it, in the same transaction, the rows that remove or
 * disable accounts are counted.
 */
@ApplicationScoped
public class StoringIntents {
  /** Before the checkpoints, as everywhere, so that nobody waits in a circle. */
  private static final String LOCK_JOBS =
      """
      SELECT id FROM job
      WHERE (tenant_id, id) IN (SELECT * FROM unnest(?::text[], ?::uuid[]))
      ORDER BY id
      FOR NO KEY UPDATE
      """;

  private static final String INTEND =
      """
      UPDATE dispatch_checkpoint c
      SET intended_row = greatest(c.intended_row, i.intended_row),
          acked_row = greatest(c.acked_row, i.acked_row),
          dispatched = greatest(c.dispatched, i.dispatched),
          lease_until = now() + ? * interval '1 millisecond'
      FROM unnest(?::text[], ?::uuid[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])
        AS i (tenant_id, job_id, epoch, intended_row, acked_row, dispatched)
      WHERE c.tenant_id = i.tenant_id AND c.job_id = i.job_id AND c.epoch = i.epoch
      RETURNING c.job_id
      """;

  /** One that grows may have had nothing to do for hours: from now on rows are waited for. */
  private static final String REPORT =
      """
      UPDATE job
      SET version = version + 1, state = 'RUNNING', started_at = coalesce(started_at, now()),
          progressed_at = CASE WHEN started_at IS NULL OR day IS NOT NULL THEN now() ELSE progressed_at END
      WHERE (tenant_id, id) IN (SELECT * FROM unnest(?::text[], ?::uuid[]))
        AND state IN ('QUEUED', 'RUNNING')
      """;

  private final DataSource work;
  private final TenantScope tenants;
  private final BlastRadius blastRadius;

  StoringIntents(DataSource work, TenantScope tenants, BlastRadius blastRadius) {
    this.work = work;
    this.tenants = tenants;
    this.blastRadius = blastRadius;
  }

  /**
   * What is to be stored of a job.
   *
   * @param counted rows that are new here and remove or disable accounts
   * @param limit how many of them the tenant's jobs may send within the window, all together,
   *     before this one stops; {@link BlastRadius#UNLIMITED} when it doesn't
   */
  public record Intent(Checkpoint position, long counted, long limit) {
    private JobKey job() {
      return position.job();
    }
  }

  /**
   * Stores the intents, renews the leases, and raises the version of those whose position is to be
   * reported.
   *
   * @return the jobs whose intent is stored; the others were taken over, paused or cancelled, or
   *     other jobs have used up what this one may send
   */
  @Transactional
  public Set<UUID> store(List<Intent> intents, List<JobKey> toReport, long leaseMillis)
      throws SQLException {
    tenants.enter(intents.stream().map(intent -> intent.job().tenant()).distinct().toList());
    Set<UUID> held = new HashSet<>();
    try (Connection connection = work.getConnection()) {
      if (!toReport.isEmpty()) {
        run(connection, LOCK_JOBS, toReport);
      }
      List<Intent> within = withinTheirLimits(intents);
      try (PreparedStatement statement = connection.prepareStatement(INTEND)) {
        statement.setLong(1, leaseMillis);
        new ColumnArrays<>(statement, within, 2)
            .add("text", intent -> intent.job().tenant())
            .add("uuid", intent -> intent.job().jobId())
            .add("bigint", intent -> intent.position().epoch())
            .add("bigint", intent -> intent.position().intendedRow())
            .add("bigint", intent -> intent.position().ackedRow())
            .add("bigint", intent -> intent.position().dispatched());
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            held.add(rows.getObject(1, UUID.class));
          }
        }
      }
      count(within, held);
      List<JobKey> told = toReport.stream().filter(job -> held.contains(job.jobId())).toList();
      if (!told.isEmpty()) {
        run(connection, REPORT, told);
      }
    }
    return held;
  }

  /** Without those that would go beyond theirs: another dispatcher has sent rows meanwhile. */
  private List<Intent> withinTheirLimits(List<Intent> intents) throws SQLException {
    Map<String, Long> used = new TreeMap<>();
    for (Intent intent : intents) {
      if (intent.counted() > 0) {
        used.put(intent.job().tenant(), 0L);
      }
    }
    for (Map.Entry<String, Long> tenant : used.entrySet()) {
      blastRadius.lock(tenant.getKey());
      tenant.setValue(blastRadius.used(tenant.getKey()));
    }
    List<Intent> within = new ArrayList<>();
    for (Intent intent : intents) {
      if (intent.counted() == 0) {
        within.add(intent);
        continue;
      }
      long after = used.get(intent.job().tenant()) + intent.counted();
      if (after <= intent.limit()) {
        used.put(intent.job().tenant(), after);
        within.add(intent);
      }
    }
    return within;
  }

  private void count(List<Intent> stored, Set<UUID> held) throws SQLException {
    Map<String, Long> counted = new TreeMap<>();
    for (Intent intent : stored) {
      if (intent.counted() > 0 && held.contains(intent.job().jobId())) {
        counted.merge(intent.job().tenant(), intent.counted(), Long::sum);
      }
    }
    for (Map.Entry<String, Long> tenant : counted.entrySet()) {
      blastRadius.count(tenant.getKey(), tenant.getValue());
    }
  }

  private static void run(Connection connection, String sql, List<JobKey> jobs)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      new ColumnArrays<>(statement, jobs, 1).add("text", JobKey::tenant).add("uuid", JobKey::jobId);
      statement.execute();
    }
  }
}

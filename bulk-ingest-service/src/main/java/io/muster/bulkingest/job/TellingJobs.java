package io.muster.bulkingest.job;

import io.muster.chassis.setwise.ColumnArrays;
import io.muster.chassis.tenancy.TenantScope;
import io.muster.contracts.job.JobEvent;
import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.job.JobState;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Tells the newest state of some jobs: one transaction reads them, one notes what the brokers have.
 */
@ApplicationScoped
class TellingJobs {
  private static final Logger LOG = Logger.getLogger(TellingJobs.class);

  /** Brokers that don't answer within this are tried again by the next sweep. */
  private static final long PATIENCE_SECONDS = 10;

  /** Locked in one order, as everywhere, so that nobody waits in a circle. */
  private static final String TOLD =
      """
      UPDATE job j
      SET published_version = t.version, published_state = t.state
      FROM (SELECT j.tenant_id, j.id, k.version, k.state
            FROM job j
            JOIN unnest(?::text[], ?::uuid[], ?::bigint[], ?::text[]) AS k (tenant_id, id, version, state)
                 USING (tenant_id, id)
            ORDER BY j.id
            FOR NO KEY UPDATE OF j) t
      WHERE j.tenant_id = t.tenant_id AND j.id = t.id AND j.published_version < t.version
      """;

  private final DataSource dataSource;
  private final TenantScope tenants;
  private final Snapshots snapshots;
  private final JobEvents events;

  TellingJobs(DataSource dataSource, TenantScope tenants, Snapshots snapshots, JobEvents events) {
    this.dataSource = dataSource;
    this.tenants = tenants;
    this.snapshots = snapshots;
    this.events = events;
  }

  /** A job of which something may be to be told. */
  record Owing(String tenant, UUID id) {}

  /**
   * What is to be told.
   *
   * @param told the state that was told last; null for a new job
   */
  private record Owed(JobSnapshot job, JobState told) {
    JobEvent.Type type() {
      if (job.closedAt() != null) {
        return JobEvent.Type.CLOSED;
      }
      return switch (job.state()) {
        case QUEUED -> resumedOr(JobEvent.Type.ACCEPTED);
        case RUNNING -> resumedOr(JobEvent.Type.DISPATCHED);
        case PAUSED -> JobEvent.Type.PAUSED;
        case CANCELLING, CANCELLED -> JobEvent.Type.CANCELLED;
        case SUCCEEDED, PARTIALLY_FAILED, FAILED -> JobEvent.Type.FINISHED;
      };
    }

    private JobEvent.Type resumedOr(JobEvent.Type otherwise) {
      return told == JobState.PAUSED ? JobEvent.Type.RESUMED : otherwise;
    }
  }

  /**
   * Tells those of which something is owed, and returns when the brokers have it. Not in a
   * transaction: it waits for Kafka. What the brokers don't take is logged and stays owed.
   *
   * @param jobs each once
   * @throws RuntimeException when the database is away: all of it stays owed
   */
  void tell(Collection<Owing> jobs) throws InterruptedException {
    List<Owed> owed = QuarkusTransaction.requiringNew().call(() -> owed(jobs));
    List<CompletableFuture<Void>> sent =
        owed.stream()
            .map(each -> events.send(each.type(), each.job()).toCompletableFuture())
            .toList();
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    List<JobSnapshot> told = new ArrayList<>();
    for (int i = 0; i < sent.size(); i++) {
      JobSnapshot job = owed.get(i).job();
      try {
        sent.get(i).get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
        told.add(job);
      } catch (ExecutionException | TimeoutException e) {
        LOG.warnf("the event of job %s stays owed: %s", job.id(), e.getClass().getSimpleName());
      }
    }
    if (!told.isEmpty()) {
      QuarkusTransaction.requiringNew().run(() -> note(told));
    }
  }

  private List<Owed> owed(Collection<Owing> jobs) {
    Set<Owing> asked = new HashSet<>(jobs);
    tenants.enter(jobs.stream().map(Owing::tenant).distinct().toList());
    List<Job> changed =
        Job.all(jobs.stream().map(Owing::id).toList()).stream()
            .filter(job -> asked.contains(new Owing(job.tenant, job.id)))
            .filter(job -> job.publishedVersion < job.version)
            .toList();
    Map<UUID, JobSnapshot> now = snapshots.of(changed);
    return changed.stream().map(job -> new Owed(now.get(job.id), job.publishedState)).toList();
  }

  private void note(List<JobSnapshot> told) {
    tenants.enter(told.stream().map(JobSnapshot::tenant).distinct().toList());
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(TOLD)) {
      new ColumnArrays<>(statement, told, 1)
          .add("text", JobSnapshot::tenant)
          .add("uuid", JobSnapshot::id)
          .add("bigint", JobSnapshot::version)
          .add("text", job -> job.state().name());
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("can't note what was told of jobs", e);
    }
  }
}

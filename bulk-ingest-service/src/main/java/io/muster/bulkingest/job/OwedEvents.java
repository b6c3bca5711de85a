package io.muster.bulkingest.job;

import io.agroal.api.AgroalDataSource;
import io.muster.chassis.tenancy.TenantScope;
import io.muster.contracts.job.JobEvent;
import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.job.JobState;
import io.quarkus.agroal.DataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Keeps the promise that every change of a job is told: a change raises the job's version, telling
 * it raises {@code published_version}. What a crash or an outage left untold is told here.
 */
@ApplicationScoped
public class OwedEvents {
  private static final Logger LOG = Logger.getLogger(OwedEvents.class);

  /** Brokers that don't answer within this are tried again by the next sweep. */
  private static final long PATIENCE_SECONDS = 10;

  private static final String FIND =
      """
      SELECT tenant_id, id FROM job WHERE published_version < version
      ORDER BY submitted_at LIMIT 500
      """;

  /** Events wait for Kafka, so several are told at a time. */
  private final ExecutorService telling =
      Executors.newFixedThreadPool(
          4,
          task -> {
            Thread thread = new Thread(task, "job-events");
            thread.setDaemon(true);
            return thread;
          });

  private final AgroalDataSource finder;
  private final TenantScope tenants;
  private final Snapshots snapshots;
  private final JobEvents events;

  OwedEvents(
      @DataSource("finder") AgroalDataSource finder,
      TenantScope tenants,
      Snapshots snapshots,
      JobEvents events) {
    this.finder = finder;
    this.tenants = tenants;
    this.snapshots = snapshots;
    this.events = events;
  }

  private record Owing(String tenant, UUID id) {}

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

  @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void sweep() {
    try {
      for (Owing owing : find()) {
        tell(owing.tenant(), owing.id());
      }
    } catch (SQLException | RuntimeException e) {
      LOG.warn("job events stay owed until the next sweep", e);
    }
  }

  /** {@link #tell} in the background: the caller's answer doesn't wait for it. */
  public void tellSoon(String tenant, UUID id) {
    telling.execute(() -> tell(tenant, id));
  }

  @PreDestroy
  void stop() {
    telling.shutdownNow();
  }

  /**
   * Tells a job's newest state, if that is still owed. Not in a transaction: it waits for Kafka. A
   * failure is logged and leaves the event owed.
   */
  void tell(String tenant, UUID id) {
    try {
      owed(tenant, id).ifPresent(this::tell);
    } catch (RuntimeException e) {
      LOG.warnf(e, "the event of job %s stays owed", id);
    }
  }

  private Optional<Owed> owed(String tenant, UUID id) {
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              tenants.enter(tenant);
              return Job.of(tenant, id)
                  .filter(job -> job.publishedVersion < job.version)
                  .map(job -> new Owed(snapshots.of(job), job.publishedState));
            });
  }

  private void tell(Owed owed) {
    JobSnapshot job = owed.job();
    try {
      events.send(owed.type(), job).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      QuarkusTransaction.requiringNew()
          .run(
              () -> {
                tenants.enter(job.tenant());
                Job.update(
                    "publishedVersion = ?1, publishedState = ?2"
                        + " where tenant = ?3 and id = ?4 and publishedVersion < ?1",
                    job.version(),
                    job.state(),
                    job.tenant(),
                    job.id());
              });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.warnf("the event of job %s stays owed: %s", job.id(), e.getClass().getSimpleName());
    }
  }

  private List<Owing> find() throws SQLException {
    List<Owing> found = new ArrayList<>();
    try (Connection connection = finder.getConnection();
        PreparedStatement statement = connection.prepareStatement(FIND);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        found.add(new Owing(rows.getString(1), rows.getObject(2, UUID.class)));
      }
    }
    return found;
  }
}

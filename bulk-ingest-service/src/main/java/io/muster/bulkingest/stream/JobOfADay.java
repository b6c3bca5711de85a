package io.muster.bulkingest.stream;

import com.github.f4b6a3.uuid.UuidCreator;
import io.muster.bulkingest.admission.Claims;
import io.muster.bulkingest.job.Job;
import io.muster.bulkingest.job.Snapshots;
import io.muster.contracts.command.Actor;
import io.muster.contracts.command.Operation;
import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.job.JobSource;
import io.muster.contracts.job.JobState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** The job that takes a tenant's rows of a day: there is one at a time, made by its first row. */
@ApplicationScoped
class JobOfADay {
  /** One who makes it at a time, until the transaction ends. */
  private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))";

  private static final String INSERT_CHECKPOINT =
      """
      INSERT INTO dispatch_checkpoint (tenant_id, job_id, submission, single, total)
      VALUES (?, ?, ?, false, 0)
      """;

  private final DataSource dataSource;
  private final Claims claims;
  private final StreamConfig config;
  private final Clock clock;

  JobOfADay(DataSource dataSource, Claims claims, StreamConfig config, Clock clock) {
    this.dataSource = dataSource;
    this.claims = claims;
    this.config = config;
    this.clock = clock;
  }

  /** Found or made, and locked until the transaction ends. */
  @Transactional(Transactional.TxType.MANDATORY)
  Job locked(String tenant, LocalDate day) {
    Optional<Job> found = find(tenant, day);
    if (found.isPresent()) {
      return found.get();
    }
    try (Connection connection = dataSource.getConnection()) {
      try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
        lock.setString(1, "job-of-a-day/" + tenant + '/' + day);
        lock.execute();
      }
      // Somebody else may have made it while we waited.
      Optional<Job> made = find(tenant, day);
      return made.isPresent() ? made.get() : make(connection, tenant, day);
    } catch (SQLException e) {
      throw new IllegalStateException("the job of a day could not be made", e);
    }
  }

  private static Optional<Job> find(String tenant, LocalDate day) {
    Optional<Job> found =
        Job.find("tenant = ?1 and day = ?2 and takesRows = true", tenant, day)
            .withLock(LockModeType.PESSIMISTIC_WRITE)
            .firstResultOptional();
    // As it is behind the lock, whatever this transaction has read of it before.
    found.ifPresent(job -> Job.getEntityManager().refresh(job));
    return found;
  }

  private Job make(Connection connection, String tenant, LocalDate day) throws SQLException {
    Instant now = clock.instant();
    Job job = new Job();
    job.id = UuidCreator.getTimeOrderedEpoch();
    job.tenant = tenant;
    job.version = 1;
    job.submission = claims.nextSubmission();
    job.requested = Operation.ENABLE;
    job.state = JobState.RUNNING;
    job.source = JobSource.HR;
    job.submittedBy = Actor.HR_FEED.subject();
    job.submittedAt = now;
    job.startedAt = now;
    job.progressedAt = now;
    job.day = day;
    job.takesRows = true;
    job.takesRowsUntil =
        day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().plus(config.closesAfterDay());
    job.keepsRows = true;
    job.actor = Snapshots.json(Actor.HR_FEED);
    job.admitted = Snapshots.json(admitted(job));
    job.persistAndFlush();
    try (PreparedStatement checkpoint = connection.prepareStatement(INSERT_CHECKPOINT)) {
      checkpoint.setString(1, tenant);
      checkpoint.setObject(2, job.id);
      checkpoint.setLong(3, job.submission);
      checkpoint.executeUpdate();
    }
    return job;
  }

  private static JobSnapshot admitted(Job job) {
    return new JobSnapshot(
        job.id,
        job.version,
        job.tenant,
        null,
        Map.of(),
        job.state,
        null,
        job.source,
        false,
        null,
        job.submittedBy,
        job.submittedAt,
        null,
        job.startedAt,
        null,
        null,
        0,
        Map.of(),
        0,
        0,
        0,
        null,
        null,
        null,
        null,
        null,
        List.of());
  }
}

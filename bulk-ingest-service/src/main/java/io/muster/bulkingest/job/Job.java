package io.muster.bulkingest.job;

import io.muster.contracts.command.Actor;
import io.muster.contracts.command.Operation;
import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.job.JobSource;
import io.muster.contracts.job.JobState;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/**
 * A job's life, one row each. Handled one at a time; the rows of a job never pass through here.
 * Every method needs a transaction that has entered the job's tenant.
 */
@Entity
public class Job extends PanacheEntityBase {
  @Id public UUID id;

  @Column(name = "tenant_id", nullable = false)
  public String tenant;

  public long version;

  @Column(name = "published_version")
  public long publishedVersion;

  /** The state that was told with that version; null before the first. */
  @Enumerated(EnumType.STRING)
  @Column(name = "published_state")
  public JobState publishedState;

  public long submission;

  /** Null when the rows' operations differ. */
  @Enumerated(EnumType.STRING)
  public Operation operation;

  @Enumerated(EnumType.STRING)
  public JobState state;

  @Column(name = "reason_code")
  public String reasonCode;

  @Column(name = "reason_detail")
  public String reasonDetail;

  @Enumerated(EnumType.STRING)
  public JobSource source;

  @Column(name = "submitted_by")
  public String submittedBy;

  @Column(name = "submitted_at")
  public Instant submittedAt;

  /** Nothing is dispatched before; null for at once. */
  @Column(name = "start_at")
  public Instant startAt;

  @Column(name = "started_at")
  public Instant startedAt;

  @Column(name = "finished_at")
  public Instant finishedAt;

  @Column(name = "closes_at")
  public Instant closesAt;

  /** Since when the spool is gone; null while it is there. */
  @Column(name = "closed_at")
  public Instant closedAt;

  public long total;
  public long refused;
  public long succeeded;
  public long failed;
  public long cancelled;

  @Column(name = "progressed_at")
  public Instant progressedAt;

  @Column(name = "file_sha256")
  public String fileSha256;

  /** The operation that the upload asked for; rows may differ. */
  @Enumerated(EnumType.STRING)
  public Operation requested;

  /** SKUs of the upload's {@code license} parameters, sorted, joined by commas. */
  public String licenses = "";

  @Column(name = "dry_run")
  public boolean dryRun;

  /** The upload was to be taken though the same file was taken before. */
  @Column(name = "allow_duplicate")
  public boolean allowDuplicate;

  public UUID parent;

  /** The job whose rows this one takes back: of an undo job, and of a retry of one; else null. */
  public UUID reverts;

  /** As asked for, {@code 500} or {@code 5%}; null for the default. */
  @Column(name = "max_failures")
  public String maxFailures;

  /** Somebody has seen the failures and let the job go on. */
  @Column(name = "max_failures_disarmed")
  public boolean maxFailuresDisarmed;

  /** Somebody has seen how many accounts are removed or disabled and let the job go on. */
  @Column(name = "blast_radius_disarmed")
  public boolean blastRadiusDisarmed;

  /** The tenant's active accounts when that was last asked; null while nobody could tell. */
  @Column(name = "active_accounts")
  public Long activeAccounts;

  /** Of a job that grows, the UTC day whose rows it takes; null for all others. */
  public LocalDate day;

  /** It grows, and still takes rows: it doesn't end before that is over. */
  @Column(name = "takes_rows")
  public boolean takesRows;

  /** When that is over at the latest; null for a job that doesn't grow. */
  @Column(name = "takes_rows_until")
  public Instant takesRowsUntil;

  /** Its rows stand in a table of their own; not any more when it is closed. */
  @Column(name = "keeps_rows")
  public boolean keepsRows;

  /** JSON of the {@link JobSnapshot} at admission. */
  public String admitted;

  /** JSON of the {@link Actor}. */
  public String actor;

  @Column(name = "sealed_row")
  public byte[] sealedRow;

  /** A job of that tenant, or nothing: another tenant's job doesn't exist for the caller. */
  public static Optional<Job> of(String tenant, UUID id) {
    return find("tenant = ?1 and id = ?2", tenant, id).firstResultOptional();
  }

  /** Those of these ids that are there and in sight, by one statement; in any order. */
  static List<Job> all(List<UUID> ids) {
    return getEntityManager().unwrap(Session.class).findMultiple(Job.class, ids).stream()
        .filter(Objects::nonNull)
        .toList();
  }

  /**
   * One of that tenant, or nothing, locked until the transaction ends, so that one change is
   * decided at a time.
   */
  public static Optional<Job> locked(String tenant, UUID id) {
    return find("tenant = ?1 and id = ?2", tenant, id)
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .firstResultOptional();
  }

  /**
   * Likewise those of these ids that are there and in sight, by two statements however many they
   * are, locked in one order; in any order.
   */
  static List<Job> allLocked(List<UUID> ids) {
    getEntityManager()
        .createNativeQuery(
            "SELECT id FROM job WHERE id = ANY (:ids) ORDER BY id FOR NO KEY UPDATE", UUID.class)
        .setParameter("ids", ids.toArray(UUID[]::new))
        .getResultList();
    return all(ids);
  }

  /** Whether rows are, or were, appended to it while it runs. */
  public boolean grows() {
    return day != null;
  }

  /** Rows that have come to their end, wherever they were refused or done. */
  public long ended() {
    return refused + succeeded + failed + cancelled;
  }

  /**
   * Moves on to another state, if the table of {@link Lifecycle} allows it. Why it was paused goes
   * with the pause.
   *
   * @throws IllegalStateException when it doesn't: a fault of ours, callers ask first
   */
  public void become(JobState next) {
    Lifecycle.check(state, next);
    state = next;
    reasonCode = null;
    reasonDetail = null;
    version++;
  }

  /**
   * Moves on to PAUSED and remembers why.
   *
   * @param code of {@link JobSnapshot.StateReason}
   * @param detail one sentence; null when there is nothing to add
   */
  public void pause(String code, String detail) {
    become(JobState.PAUSED);
    reasonCode = code;
    reasonDetail = detail;
  }
}

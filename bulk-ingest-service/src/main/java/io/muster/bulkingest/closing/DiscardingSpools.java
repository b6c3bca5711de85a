package io.muster.bulkingest.closing;

import com.github.f4b6a3.uuid.util.UuidUtil;
import io.agroal.api.AgroalDataSource;
import io.muster.bulkingest.spool.UploadStore;
import io.quarkus.agroal.DataSource;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Removes the spools of closed jobs with all that lies beside them. Where the disk refused, or a
 * crash fell between closing and removing, the next look does it.
 */
@ApplicationScoped
public class DiscardingSpools {
  private static final Logger LOG = Logger.getLogger(DiscardingSpools.class);

  /** An upload may take hours, and has no job until its end. */
  private static final Duration LONGEST_UPLOAD = Duration.ofDays(2);

  private static final String JOBS = "SELECT id, closed_at IS NOT NULL FROM job WHERE id = ANY (?)";

  private final UploadStore store;
  private final AgroalDataSource finder;
  private final Clock clock;

  DiscardingSpools(UploadStore store, @DataSource("finder") AgroalDataSource finder, Clock clock) {
    this.store = store;
    this.finder = finder;
    this.clock = clock;
  }

  /** After the commit that closed the job. Never fails: what stays goes later. */
  public void discard(UUID closedJob) {
    try {
      store.discard(closedJob);
    } catch (IOException e) {
      LOG.warnf(
          "the spool of a closed job stays for now, jobId=%s: %s",
          closedJob, e.getClass().getSimpleName());
    }
  }

  @Scheduled(
      every = "${muster.closing.forget-every:1h}",
      delayed = "1m",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void sweep() {
    try {
      Set<UUID> kept = store.kept();
      Map<UUID, Boolean> closedByJob = closedByJob(kept);
      for (UUID job : kept) {
        boolean nobodys =
            !closedByJob.containsKey(job)
                && UuidUtil.getInstant(job).plus(LONGEST_UPLOAD).isBefore(clock.instant());
        if (nobodys || closedByJob.getOrDefault(job, false)) {
          LOG.infof("removing a spool that no open job has, jobId=%s", job);
          discard(job);
        }
      }
    } catch (IOException | SQLException | RuntimeException e) {
      LOG.warnf("spools are looked over later: %s", e.getClass().getSimpleName());
    }
  }

  /** Jobs that there are, and whether they are closed. */
  private Map<UUID, Boolean> closedByJob(Set<UUID> jobs) throws SQLException {
    Map<UUID, Boolean> found = new HashMap<>();
    try (Connection connection = finder.getConnection();
        PreparedStatement select = connection.prepareStatement(JOBS)) {
      select.setArray(1, connection.createArrayOf("uuid", jobs.toArray()));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.put(rows.getObject(1, UUID.class), rows.getBoolean(2));
        }
      }
    }
    return found;
  }
}

package io.muster.bulkingest.admission;

import io.agroal.api.AgroalDataSource;
import io.muster.bulkingest.spool.UploadStore;
import io.quarkus.agroal.DataSource;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Removes spools that no job was admitted for: a crash fell between the disk's sync and the job's
 * commit, nobody was answered, and the client sends its file again. What another instance that runs
 * has kept is none of them. Likewise those of closed jobs, where a crash fell between the closing
 * and the spool's removal.
 */
@ApplicationScoped
public class SweepingOrphans {
  private static final Logger LOG = Logger.getLogger(SweepingOrphans.class);

  private static final String WITH_JOB =
      "SELECT id FROM job WHERE id = ANY (?) AND closed_at IS NULL";

  private final UploadStore store;
  private final AgroalDataSource finder;

  SweepingOrphans(UploadStore store, @DataSource("finder") AgroalDataSource finder) {
    this.store = store;
    this.finder = finder;
  }

  void onStart(@Observes StartupEvent started) throws IOException, SQLException {
    Set<UUID> orphans = new HashSet<>(store.withoutKeeper());
    orphans.removeAll(withJob(orphans));
    for (UUID orphan : orphans) {
      LOG.infof("removing a spool that no open job has, jobId=%s", orphan);
      store.discard(orphan);
    }
  }

  /**
   * Removes what was stored for a job that was not admitted after all. When a commit's answer got
   * lost the job may be there all the same, and then its rows stay; when nobody can tell, they stay
   * until the next start.
   */
  public void discardUnlessAdmitted(UUID jobId) {
    try {
      if (withJob(Set.of(jobId)).isEmpty()) {
        store.discard(jobId);
      }
    } catch (IOException | SQLException | RuntimeException e) {
      LOG.warnf("a spool stays for now, jobId=%s: %s", jobId, e.getClass().getSimpleName());
    }
  }

  private Set<UUID> withJob(Set<UUID> kept) throws SQLException {
    Set<UUID> found = new HashSet<>();
    try (Connection connection = finder.getConnection();
        PreparedStatement statement = connection.prepareStatement(WITH_JOB)) {
      statement.setArray(1, connection.createArrayOf("uuid", kept.toArray()));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getObject(1, UUID.class));
        }
      }
    }
    return found;
  }
}

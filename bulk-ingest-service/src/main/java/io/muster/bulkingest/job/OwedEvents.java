package io.muster.bulkingest.job;

import io.agroal.api.AgroalDataSource;
import io.muster.bulkingest.job.TellingJobs.Owing;
import io.muster.chassis.gather.Gathered;
import io.quarkus.agroal.DataSource;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Keeps the promise that every change of a job is told: a change raises the job's version, telling
 * it raises {@code published_version}. What a crash or an outage left untold is found here. What is
 * owed at a time is told together, by one thread; of a job that changed twice meanwhile the newest
 * state alone. Thread-safe. Why so: {@code docs/decisions/0036-what-a-single-call-costs.md}.
 */
@ApplicationScoped
public class OwedEvents {
  private static final Logger LOG = Logger.getLogger(OwedEvents.class);

  /**
   * For so long news is gathered that nobody waits for: most single calls begin and end within it,
   * and are told once.
   */
  private static final long GATHER_MILLIS = 250;

  /** Told in one transaction. */
  private static final int AT_A_TIME = 500;

  /** Others are found by the sweep. */
  private static final int MOST_WAITING = 10_000;

  private static final String FIND =
      """
      SELECT tenant_id, id FROM job WHERE published_version < version
      ORDER BY submitted_at LIMIT 500
      """;

  private final AgroalDataSource finder;
  private final TellingJobs telling;

  private final Gathered<Owing> gathered = new Gathered<>(MOST_WAITING);
  private final Thread teller = new Thread(this::run, "job-events");
  private volatile boolean stopping;

  OwedEvents(@DataSource("finder") AgroalDataSource finder, TellingJobs telling) {
    this.finder = finder;
    this.telling = telling;
  }

  void start(@Observes StartupEvent event) {
    teller.setDaemon(true);
    teller.start();
  }

  @PreDestroy
  void stop() {
    stopping = true;
    teller.interrupt();
  }

  @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void sweep() {
    try (Connection connection = finder.getConnection();
        PreparedStatement statement = connection.prepareStatement(FIND);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        tellLater(rows.getString(1), rows.getObject(2, UUID.class));
      }
    } catch (SQLException | RuntimeException e) {
      LOG.warn("job events stay owed until the next sweep", e);
    }
  }

  /** Tells a job's newest state at once, if that is still owed. Doesn't wait for it. */
  public void tellSoon(String tenant, UUID id) {
    gathered.put(new Owing(tenant, id), 0);
  }

  /**
   * Likewise within a quarter of a second, together with what else there is by then: for what the
   * gateway knows already or nobody waits for.
   */
  public void tellLater(String tenant, UUID id) {
    gathered.put(new Owing(tenant, id), GATHER_MILLIS);
  }

  private void run() {
    while (!stopping) {
      try {
        List<Owing> owing = gathered.take(AT_A_TIME, Long.MAX_VALUE / 2);
        if (!owing.isEmpty()) {
          telling.tell(owing);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        LOG.warn("job events stay owed until the next sweep", e);
      }
    }
  }
}

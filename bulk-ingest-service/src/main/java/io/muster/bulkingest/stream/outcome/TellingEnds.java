package io.muster.bulkingest.stream.outcome;

import io.agroal.api.AgroalDataSource;
import io.muster.bulkingest.stream.EndedRow;
import io.muster.bulkingest.stream.HearingOfRows;
import io.muster.bulkingest.stream.outcome.OutcomesOfRows.RowKey;
import io.quarkus.agroal.DataSource;
import io.quarkus.arc.All;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Tells everybody who is to hear it how rows ended, and remembers that they have. What a crash left
 * untold, or somebody could not take in, is told again; so is now and then what another instance is
 * just telling.
 */
@ApplicationScoped
class TellingEnds {
  private static final Logger LOG = Logger.getLogger(TellingEnds.class);
  private static final int PORTION = 1_000;

  private static final String FIND =
      "SELECT tenant_id, job_id, row_no FROM job_row WHERE ended AND NOT told LIMIT ?";

  private final AgroalDataSource finder;
  private final OutcomesOfRows outcomes;
  private final List<HearingOfRows> hearers;

  TellingEnds(
      @DataSource("finder") AgroalDataSource finder,
      OutcomesOfRows outcomes,
      @All List<HearingOfRows> hearers) {
    this.finder = finder;
    this.outcomes = outcomes;
    this.hearers = hearers;
  }

  /** Never fails: what isn't told now stands in the table, and is told later. */
  void tell(List<EndedRow> rows) {
    if (rows.isEmpty()) {
      return;
    }
    try {
      hearers.forEach(hearer -> hearer.ended(rows));
      outcomes.told(rows);
    } catch (SQLException | RuntimeException e) {
      LOG.warnf(e, "the ends of %d rows are told later", rows.size());
    }
  }

  @Scheduled(
      every = "${muster.stream.look-every:1s}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void sweep() {
    try {
      List<RowKey> untold = find();
      if (!untold.isEmpty()) {
        tell(outcomes.untold(untold));
      }
    } catch (SQLException | RuntimeException e) {
      LOG.warnf("ends of rows are told at the next look: %s", e.getClass().getSimpleName());
    }
  }

  private List<RowKey> find() throws SQLException {
    List<RowKey> found = new ArrayList<>();
    try (Connection connection = finder.getConnection();
        PreparedStatement find = connection.prepareStatement(FIND)) {
      find.setInt(1, PORTION);
      try (ResultSet rows = find.executeQuery()) {
        while (rows.next()) {
          found.add(new RowKey(rows.getString(1), rows.getObject(2, UUID.class), rows.getLong(3)));
        }
      }
    }
    return found;
  }
}

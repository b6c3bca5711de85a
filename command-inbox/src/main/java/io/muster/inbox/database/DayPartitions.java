package io.muster.inbox.database;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/**
 * Sees to it that the days' partitions of the inbox and its siblings are there before a batch
 * writes to them. The application role may not make tables: a function of the owner does it.
 */
@ApplicationScoped
public class DayPartitions {
  private final DataSource dataSource;
  private final Transactions transactions;

  /** Days known to be there; small, a job's day each. */
  private final Set<LocalDate> there = ConcurrentHashMap.newKeySet();

  public DayPartitions(DataSource dataSource, Transactions transactions) {
    this.dataSource = dataSource;
    this.transactions = transactions;
  }

  /** In transactions of its own, so that no batch holds locks on a table's definition. */
  public void ensure(Set<LocalDate> jobDays) {
    for (LocalDate day : jobDays) {
      if (!there.contains(day)) {
        transactions.inNew(() -> make(day));
        there.add(day);
      }
    }
  }

  /** To be called when a batch failed: the database may be another one now. */
  public void forget() {
    there.clear();
  }

  private Void make(LocalDate day) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("SELECT make_day_partitions(?)")) {
      statement.setObject(1, day);
      statement.execute();
      return null;
    }
  }
}

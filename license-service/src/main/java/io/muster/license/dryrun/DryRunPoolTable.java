package io.muster.license.dryrun;

import io.muster.chassis.setwise.ColumnArrays;
import io.muster.license.seat.Pool;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The table {@code dry_run_pool}: by how many seats a dry run's rows would have changed each pool,
 * and how many were free when it began.
 */
final class DryRunPoolTable {
  /** All of the tenant: what was free when the job began is kept with its first batch. */
  private static final String LOAD =
      """
      SELECT s.sku, s.total_seats, s.assigned_seats + coalesce(d.change, 0), d.sku IS NOT NULL
      FROM subscription s
      LEFT JOIN dry_run_pool d ON d.tenant_id = s.tenant_id AND d.job_id = ? AND d.sku = s.sku
      WHERE s.tenant_id = ?
      """;

  private static final String STORE =
      """
      INSERT INTO dry_run_pool (tenant_id, job_id, sku, change, free_before)
      SELECT ?, ?, n.sku, n.change, n.free_before
      FROM unnest(?::text[], ?::integer[], ?::integer[]) AS n (sku, change, free_before)
      ON CONFLICT (tenant_id, job_id, sku) DO UPDATE SET
          change = dry_run_pool.change + excluded.change
      """;

  /**
   * A tenant's pools as the dry run sees them.
   *
   * @param knownSkus those that the dry run has seen before
   */
  record Pools(List<Pool> pools, Set<String> knownSkus) {}

  private DryRunPoolTable() {}

  static Pools load(Connection connection, DryRunBooks.Job job) throws SQLException {
    Pools found = new Pools(new ArrayList<>(), new HashSet<>());
    try (PreparedStatement statement = connection.prepareStatement(LOAD)) {
      statement.setObject(1, job.id());
      statement.setString(2, job.tenant());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          String sku = rows.getString(1);
          found.pools.add(
              new Pool(new Pool.Key(job.tenant(), sku), rows.getInt(2), rows.getInt(3)));
          if (rows.getBoolean(4)) {
            found.knownSkus.add(sku);
          }
        }
      }
    }
    return found;
  }

  static void store(Connection connection, DryRunBooks.Job job, List<Pool> changed)
      throws SQLException {
    if (changed.isEmpty()) {
      return;
    }
    List<Pool> bySku =
        changed.stream().sorted(Comparator.comparing(pool -> pool.key().sku())).toList();
    try (PreparedStatement statement = connection.prepareStatement(STORE)) {
      statement.setString(1, job.tenant());
      statement.setObject(2, job.id());
      new ColumnArrays<>(statement, bySku, 3)
          .add("text", pool -> pool.key().sku())
          .add("integer", Pool::change)
          .add("integer", Pool::freeBefore);
      statement.executeUpdate();
    }
  }
}

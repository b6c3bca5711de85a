package io.muster.license.books;

import io.muster.chassis.setwise.ColumnArrays;
import io.muster.license.seat.Pool;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The table {@code subscription}: one statement to lock a batch's pools, one to write their sums.
 */
final class PoolTable {
  /** In one order for everybody, so that no two batches wait for each other. */
  private static final String LOCK =
      """
      SELECT s.tenant_id, s.sku, s.total_seats, s.assigned_seats
      FROM subscription s
      WHERE (s.tenant_id, s.sku) IN (
                SELECT asked.tenant_id, asked.sku
                FROM unnest(?::text[], ?::text[]) AS asked (tenant_id, sku))
         OR s.tenant_id = ANY (?::text[])
      ORDER BY s.tenant_id, s.sku
      FOR UPDATE OF s
      """;

  private static final String STORE =
      """
      UPDATE subscription s SET assigned_seats = sums.assigned
      FROM unnest(?::text[], ?::text[], ?::integer[]) AS sums (tenant_id, sku, assigned)
      WHERE s.tenant_id = sums.tenant_id AND s.sku = sums.sku
      """;

  private PoolTable() {}

  /**
   * @param wholly tenants whose pools are all wanted, besides the named ones
   * @return those that there are
   */
  static List<Pool> lock(
      Connection connection, Collection<Pool.Key> named, Collection<String> wholly)
      throws SQLException {
    List<Pool> pools = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
      new ColumnArrays<>(statement, List.copyOf(named), 1)
          .add("text", Pool.Key::tenant)
          .add("text", Pool.Key::sku);
      statement.setArray(3, connection.createArrayOf("text", wholly.toArray(String[]::new)));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          pools.add(
              new Pool(
                  new Pool.Key(rows.getString(1), rows.getString(2)),
                  rows.getInt(3),
                  rows.getInt(4)));
        }
      }
    }
    return pools;
  }

  static void store(Connection connection, List<Pool> changed) throws SQLException {
    if (changed.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(STORE)) {
      new ColumnArrays<>(statement, changed, 1)
          .add("text", pool -> pool.key().tenant())
          .add("text", pool -> pool.key().sku())
          .add("integer", Pool::assigned);
      statement.executeUpdate();
    }
  }
}

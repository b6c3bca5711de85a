package io.muster.bulkingest.tenants;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Of what a tenant may begin a number of every minute: a bucket that fills by itself up to its
 * size, and out of which each beginning takes one. It lies beside the tenant, so that it is one for
 * all instances.
 *
 * @param level the column that holds how much was left
 * @param at the column that holds when that was
 */
record Bucket(String level, String at) {
  static final Bucket UPLOADS = new Bucket("uploads_left", "uploads_left_at");
  static final Bucket SINGLE_CALLS = new Bucket("single_calls_left", "single_calls_left_at");

  /** Without a row there is none left. */
  private static final String TAKE =
      """
      UPDATE tenant
      SET %1$s = least(?, %1$s + ? * extract(epoch FROM now() - %2$s)) - 1, %2$s = now()
      WHERE tenant_id = ? AND least(?, %1$s + ? * extract(epoch FROM now() - %2$s)) >= 1
      """;

  private static final String SECONDS_LEFT =
      """
      SELECT greatest(1, ceil((1 - %1$s) / ? - extract(epoch FROM now() - %2$s)))::int
      FROM tenant WHERE tenant_id = ?
      """;

  /**
   * Takes one.
   *
   * @param size how much it holds, at least 1
   * @return 0 when there was one, else the seconds after which there will be
   */
  int take(Connection connection, String tenant, int perMinute, double size) throws SQLException {
    double perSecond = perMinute / 60.0;
    try (PreparedStatement take = connection.prepareStatement(TAKE.formatted(level, at))) {
      take.setDouble(1, size);
      take.setDouble(2, perSecond);
      take.setString(3, tenant);
      take.setDouble(4, size);
      take.setDouble(5, perSecond);
      if (take.executeUpdate() > 0) {
        return 0;
      }
    }
    try (PreparedStatement left = connection.prepareStatement(SECONDS_LEFT.formatted(level, at))) {
      left.setDouble(1, perSecond);
      left.setString(2, tenant);
      try (ResultSet row = left.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }
}

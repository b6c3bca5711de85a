package io.muster.user;

import io.muster.localstack.testing.TestPlatform;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What stands in user-service's tables. */
final class Tables {
  private static final String DATABASE = "user-service";

  private Tables() {}

  static long count(String table, String tenant) throws SQLException {
    return Long.parseLong(
        strings("SELECT count(*) FROM " + table + " WHERE tenant_id = ?", tenant).get(0));
  }

  /** The first column, as the auditor reads it. */
  static List<String> strings(String query, String... parameters) throws SQLException {
    try (Connection auditor = TestPlatform.shared().as("muster_auditor", DATABASE);
        PreparedStatement statement = auditor.prepareStatement(query)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      List<String> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
      return found;
    }
  }

  /** Does what no service may. */
  static void tamper(String sql) throws SQLException {
    try (Connection superuser = TestPlatform.shared().superuser(DATABASE);
        Statement statement = superuser.createStatement()) {
      statement.execute(sql);
    }
  }
}

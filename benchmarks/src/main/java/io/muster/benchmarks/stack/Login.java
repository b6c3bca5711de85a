package io.muster.benchmarks.stack;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;

/**
 * How to get into a database of the stack.
 *
 * @param jdbcUrl of PostgreSQL on this machine, without user and password
 */
public record Login(String jdbcUrl, String username, String password) {
  public Login {
    Objects.requireNonNull(jdbcUrl, "jdbcUrl");
    Objects.requireNonNull(username, "username");
    Objects.requireNonNull(password, "password");
  }

  /** A new connection; the caller closes it. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl, username, password);
  }

  /** Without the password, which a log mustn't hold. */
  @Override
  public String toString() {
    return username + " at " + jdbcUrl;
  }
}

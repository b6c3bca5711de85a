package io.muster.user.behind;

import io.muster.chassis.tenancy.TenantScope;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import javax.sql.DataSource;

/**
 * A transaction for one tenant in which nobody else, of any instance, does the same work for it:
 * two could write what the older saw over what the newer saw.
 */
@ApplicationScoped
class TenantTurn {
  private static final String TRY_LOCK =
      "SELECT pg_try_advisory_xact_lock(hashtextextended(? || '/' || ?, 0))";

  private final TenantScope tenants;
  private final DataSource work;

  TenantTurn(TenantScope tenants, DataSource work) {
    this.tenants = tenants;
    this.work = work;
  }

  /** What is done in it. */
  interface Step {
    /**
     * @return whether there was anything to do
     */
    boolean take(Connection connection) throws SQLException;
  }

  /**
   * @return false when there was nothing to do, or somebody else does it
   */
  boolean take(String step, String tenant, Step work) {
    return inTransaction(
        tenant, connection -> isOurs(connection, step, tenant) && work.take(connection));
  }

  /** The same beside whoever else does it: for reading. */
  boolean inTransaction(String tenant, Step step) {
    Callable<Boolean> all =
        () -> {
          tenants.enter(tenant);
          try (Connection connection = work.getConnection()) {
            return step.take(connection);
          }
        };
    return QuarkusTransaction.requiringNew().call(all);
  }

  private static boolean isOurs(Connection connection, String step, String tenant)
      throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement(TRY_LOCK)) {
      lock.setString(1, step);
      lock.setString(2, tenant);
      try (ResultSet locked = lock.executeQuery()) {
        return locked.next() && locked.getBoolean(1);
      }
    }
  }
}

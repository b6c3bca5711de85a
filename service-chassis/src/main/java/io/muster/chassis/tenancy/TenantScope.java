package io.muster.chassis.tenancy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;

/**
 * Opens a transaction's view on its tenants: PostgreSQL's row-level security shows the application
 * role no other rows, and none at all when this was forgotten.
 */
@ApplicationScoped
public class TenantScope {
  private final DataSource dataSource;

  TenantScope(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** {@link #enter(Collection)} for one. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void enter(String tenant) {
    enter(List.of(tenant));
  }

  /**
   * Makes the rows of these tenants visible and writable until the running transaction ends. Runs
   * on the transaction's own connection, so Panache and JDBC both see it.
   *
   * @throws jakarta.transaction.TransactionalException outside a transaction
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public void enter(Collection<String> tenants) {
    try (Connection connection = dataSource.getConnection()) {
      enter(connection, tenants);
    } catch (SQLException e) {
      throw new IllegalStateException("can't set the transaction's tenants", e);
    }
  }

  /** The same on a plain JDBC connection with auto-commit off. */
  public static void enter(Connection connection, Collection<String> tenants) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT set_config('muster.tenants', ?, true)")) {
      statement.setString(1, String.join(",", tenants));
      statement.execute();
    }
  }
}

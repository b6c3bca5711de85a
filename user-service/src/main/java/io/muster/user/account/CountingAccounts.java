package io.muster.user.account;

import io.muster.chassis.tenancy.TenantScope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * How many accounts a tenant has at this moment. Of active ones there is an index of nothing else:
 * ten million take about a second. The others are counted in the table.
 */
@ApplicationScoped
class CountingAccounts {
  private static final String COUNT = "SELECT count(*) FROM account WHERE tenant_id = ? AND ";

  private final TenantScope tenantScope;
  private final DataSource dataSource;

  CountingAccounts(TenantScope tenantScope, DataSource dataSource) {
    this.tenantScope = tenantScope;
    this.dataSource = dataSource;
  }

  /**
   * @param state null for all but the removed
   */
  @Transactional
  long count(String tenant, String state) {
    tenantScope.enter(tenant);
    // Written out, so that the planner knows that the index of this state has them all.
    String inState =
        switch (state == null ? "" : state) {
          case "ACTIVE" -> "state = 'ACTIVE'";
          case "DISABLED" -> "state = 'DISABLED'";
          case "REMOVED" -> "state = 'REMOVED'";
          default -> "state <> 'REMOVED'";
        };
    try (Connection connection = dataSource.getConnection();
        PreparedStatement count = connection.prepareStatement(COUNT + inState)) {
      count.setString(1, tenant);
      try (ResultSet row = count.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("accounts can't be counted", e);
    }
  }
}

package io.muster.user.password.handout;

import io.muster.chassis.tenancy.TenantScope;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Short transactions that see one tenant. */
@ApplicationScoped
class TenantWork {
  private final DataSource dataSource;
  private final TenantScope tenants;

  TenantWork(DataSource dataSource, TenantScope tenants) {
    this.dataSource = dataSource;
    this.tenants = tenants;
  }

  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  <T> T in(String tenant, Work<T> work) {
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              tenants.enter(tenant);
              try (Connection connection = dataSource.getConnection()) {
                return work.on(connection);
              }
            });
  }
}

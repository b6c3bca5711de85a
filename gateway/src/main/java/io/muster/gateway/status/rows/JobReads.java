package io.muster.gateway.status.rows;

import io.agroal.api.AgroalDataSource;
import io.muster.chassis.tenancy.TenantScope;
import io.muster.gateway.status.JobView;
import io.quarkus.agroal.DataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Reads what belongs to a job with its viewer's rights: as its tenant, or, for whoever sees jobs by
 * number only, under the role that can't read what may name a person.
 */
@ApplicationScoped
class JobReads {
  /** What is read of an open connection. */
  interface Reading<T> {
    T from(Connection connection) throws SQLException;
  }

  private final AgroalDataSource dataSource;
  private final AgroalDataSource finder;
  private final TenantScope tenants;

  JobReads(
      AgroalDataSource dataSource,
      @DataSource("finder") AgroalDataSource finder,
      TenantScope tenants) {
    this.dataSource = dataSource;
    this.finder = finder;
    this.tenants = tenants;
  }

  <T> T read(JobView view, Reading<T> reading) {
    if (!view.people()) {
      try (Connection connection = finder.getConnection()) {
        return reading.from(connection);
      } catch (SQLException e) {
        throw new IllegalStateException("can't read rows", e);
      }
    }
    return QuarkusTransaction.joiningExisting()
        .call(
            () -> {
              tenants.enter(view.job().tenant());
              try (Connection connection = dataSource.getConnection()) {
                return reading.from(connection);
              }
            });
  }
}

package io.muster.bulkingest.dispatch.lease;

import io.agroal.api.AgroalDataSource;
import io.muster.chassis.tenancy.TenantScope;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;

/**
 * The operators' switch: nothing new is dispatched, of one tenant or of all, while jobs stay in the
 * state they are in. It lies in the database, where every instance looks several times a second,
 * and survives restarts.
 */
@ApplicationScoped
public class HaltingDispatch {
  /** Stands for every tenant; no tenant can be called so. */
  public static final String ALL = "*";

  private static final String HALT =
      "INSERT INTO dispatch_halt (tenant_id, since) VALUES (?, now()) ON CONFLICT DO NOTHING";

  private static final String RELEASE = "DELETE FROM dispatch_halt WHERE tenant_id = ?";

  private static final String HALTED = "SELECT tenant_id FROM dispatch_halt";

  private final javax.sql.DataSource work;
  private final AgroalDataSource finder;
  private final TenantScope tenants;

  HaltingDispatch(
      javax.sql.DataSource work,
      @DataSource("finder") AgroalDataSource finder,
      TenantScope tenants) {
    this.work = work;
    this.finder = finder;
    this.tenants = tenants;
  }

  /**
   * Does nothing when it is halted already.
   *
   * @param tenant or {@link #ALL}
   */
  @Transactional
  public void halt(String tenant) throws SQLException {
    run(HALT, tenant);
  }

  /**
   * Does nothing when it isn't halted. A tenant that was halted by name stays so when all are
   * released.
   *
   * @param tenant or {@link #ALL}
   */
  @Transactional
  public void release(String tenant) throws SQLException {
    run(RELEASE, tenant);
  }

  /** What is halted right now: tenants, {@link #ALL} among them when all are. */
  public Set<String> halted() throws SQLException {
    try (Connection connection = finder.getConnection();
        PreparedStatement statement = connection.prepareStatement(HALTED);
        ResultSet rows = statement.executeQuery()) {
      Set<String> halted = new TreeSet<>();
      while (rows.next()) {
        halted.add(rows.getString(1));
      }
      return halted;
    }
  }

  private void run(String sql, String tenant) throws SQLException {
    tenants.enter(tenant);
    try (Connection connection = work.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, tenant);
      statement.executeUpdate();
    }
  }
}

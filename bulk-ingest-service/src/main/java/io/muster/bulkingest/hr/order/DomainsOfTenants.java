package io.muster.bulkingest.hr.order;

import io.muster.bulkingest.hr.HrConfig;
import io.muster.bulkingest.tenants.TenantsConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import javax.sql.DataSource;

/** Which tenants there are, and in which domain their people are named. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class DomainsOfTenants {
  private static final String REGISTER =
      """
      INSERT INTO tenant (tenant_id) SELECT unnest(?::text[]) ORDER BY 1 ON CONFLICT (tenant_id) DO NOTHING
      """;

  private static final String KNOWN = "SELECT tenant_id FROM tenant WHERE tenant_id = ANY (?)";

  private static final String DOMAIN = "SELECT domains[1] FROM tenant WHERE tenant_id = ?";

  private final DataSource dataSource;
  private final TenantsConfig tenants;
  private final HrConfig config;

  DomainsOfTenants(DataSource dataSource, TenantsConfig tenants, HrConfig config) {
    this.dataSource = dataSource;
    this.tenants = tenants;
    this.config = config;
  }

  /**
   * Which of these are tenants.
   *
   * @param speaking whose events can be read: whoever isn't a tenant yet becomes one by the first,
   *     unless configured otherwise
   * @param named all of them
   */
  public Set<String> known(Collection<String> speaking, Collection<String> named)
      throws SQLException {
    Set<String> known = new HashSet<>();
    try (Connection connection = dataSource.getConnection()) {
      if (tenants.registerAtFirstUse() && !speaking.isEmpty()) {
        try (PreparedStatement statement = connection.prepareStatement(REGISTER)) {
          statement.setArray(1, connection.createArrayOf("text", speaking.toArray(String[]::new)));
          statement.executeUpdate();
        }
      }
      try (PreparedStatement statement = connection.prepareStatement(KNOWN)) {
        statement.setArray(1, connection.createArrayOf("text", named.toArray(String[]::new)));
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            known.add(rows.getString(1));
          }
        }
      }
    }
    return known;
  }

  /**
   * @return the first one that the tenant registered, else the configured one; null without either
   */
  String domain(String tenant) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(DOMAIN)) {
      statement.setString(1, tenant);
      try (ResultSet row = statement.executeQuery()) {
        String registered = row.next() ? row.getString(1) : null;
        return registered != null
            ? registered
            : config.defaultDomain().map(d -> d.replace("{tenant}", tenant)).orElse(null);
      }
    }
  }
}

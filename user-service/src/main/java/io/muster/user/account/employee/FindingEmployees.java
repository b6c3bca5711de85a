package io.muster.user.account.employee;

import io.muster.chassis.tenancy.TenantScope;
import io.muster.user.account.employee.EmployeesResource.Employee;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Accounts in use by their employee ids, one statement for all of them; and how many are active.
 */
@ApplicationScoped
class FindingEmployees {
  private static final String FIND =
      """
      SELECT a.employee_id, a.user_principal_name, a.state
      FROM account a
      WHERE a.tenant_id = ? AND a.employee_id = ANY (?::text[]) AND a.state <> 'REMOVED'
      """;

  // There is an index of active accounts alone; it is read as far as it is asked for.
  private static final String COUNT =
      """
      SELECT count(*) FROM (
        SELECT FROM account WHERE tenant_id = ? AND state = 'ACTIVE' LIMIT ?) AS active
      """;

  private final TenantScope tenants;
  private final DataSource dataSource;

  FindingEmployees(TenantScope tenants, DataSource dataSource) {
    this.tenants = tenants;
    this.dataSource = dataSource;
  }

  @Transactional
  List<Employee> find(String tenant, List<String> employeeIds) throws SQLException {
    // No account has such an id, and PostgreSQL takes no text with a zero in it.
    String[] ids =
        employeeIds.stream()
            .filter(id -> id != null && id.indexOf('\0') < 0)
            .distinct()
            .toArray(String[]::new);
    tenants.enter(tenant);
    List<Employee> found = new ArrayList<>();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement find = connection.prepareStatement(FIND)) {
      find.setString(1, tenant);
      find.setArray(2, connection.createArrayOf("text", ids));
      try (ResultSet rows = find.executeQuery()) {
        while (rows.next()) {
          found.add(new Employee(rows.getString(1), rows.getString(2), rows.getString(3)));
        }
      }
    }
    return found;
  }

  /**
   * @param most where counting ends
   */
  @Transactional
  long countActive(String tenant, long most) throws SQLException {
    tenants.enter(tenant);
    try (Connection connection = dataSource.getConnection();
        PreparedStatement count = connection.prepareStatement(COUNT)) {
      count.setString(1, tenant);
      count.setLong(2, most);
      try (ResultSet row = count.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}

package io.muster.system;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What two services know of a tenant's accounts and seats, stamps and times apart: for comparing a
 * tenant before something with the same after it was undone.
 */
final class TenantPicture {
  private static final String ACCOUNTS =
      """
      SELECT upn_key || ' ' || state || ' ' || credential || ' ' || protected
             || ' ' || concat_ws('|', display_name, first_name, last_name, job_title, department, unit,
                                 employee_id)
      FROM account WHERE tenant_id = '%s' ORDER BY upn_key, state
      """;

  private static final String SEATS =
      """
      SELECT upn_key || ' ' || sku FROM license_assignment WHERE tenant_id = '%s' ORDER BY 1
      """;

  private static final String SUMS =
      """
      SELECT s.sku || ' ' || s.assigned_seats FROM subscription s
      WHERE s.tenant_id = '%s' ORDER BY 1
      """;

  private TenantPicture() {}

  static List<String> of(RunningSystem system, String tenant) throws SQLException {
    List<String> all = new ArrayList<>();
    all.addAll(system.strings("user-service", ACCOUNTS.formatted(tenant)));
    all.addAll(system.strings("license-service", SEATS.formatted(tenant)));
    all.addAll(system.strings("license-service", SUMS.formatted(tenant)));
    return all;
  }
}

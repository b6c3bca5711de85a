package io.muster.user.audit;

import io.muster.chassis.tenancy.TenantScope;
import io.muster.contracts.command.UserPrincipalName;
import io.muster.user.audit.AuditTables.Placed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Who did what, newest first. A job's from its last row up; of a user, or of the whole tenant, by
 * time and with the checks of passwords between the changes, of the tenant also refused calls. A
 * user's are found by what is filled behind the jobs: the newest of a running job may show a little
 * later.
 */
@ApplicationScoped
class ReadingTheAudit {
  private static final Comparator<Placed> NEWEST_FIRST =
      Comparator.comparing((Placed p) -> p.place().id().toString()).reversed();

  private final TenantScope tenantScope;
  private final DataSource dataSource;

  ReadingTheAudit(TenantScope tenantScope, DataSource dataSource) {
    this.tenantScope = tenantScope;
    this.dataSource = dataSource;
  }

  /**
   * What is asked for.
   *
   * @param user as written; null for all
   * @param job null for all
   * @param below the place of the last entry that was shown
   */
  record Wanted(String user, UUID job, AuditPlace below) {}

  /**
   * @return up to so many entries
   */
  @Transactional
  List<Placed> read(String tenant, Wanted wanted, int most) {
    tenantScope.enter(tenant);
    try (Connection connection = dataSource.getConnection()) {
      if (wanted.user() == null && wanted.job() != null) {
        return AuditTables.ofAJob(connection, tenant, wanted.job(), wanted.below(), most);
      }
      String key = wanted.user() == null ? null : UserPrincipalName.keyOf(wanted.user());
      List<Placed> found =
          new ArrayList<>(
              key == null
                  ? AuditTables.ofATenant(connection, tenant, wanted.below(), most)
                  : AuditTables.ofAUser(
                      connection, tenant, key, wanted.job(), wanted.below(), most));
      if (wanted.job() == null) {
        found.addAll(AuditTables.checks(connection, tenant, key, wanted.below(), most));
        if (key == null) {
          found.addAll(AuditTables.calls(connection, tenant, wanted.below(), most));
        }
        // Stable: changes of one batch stay as they came.
        found.sort(NEWEST_FIRST);
      }
      return found.size() > most ? found.subList(0, most) : found;
    } catch (SQLException e) {
      throw new IllegalStateException("the audit can't be read", e);
    }
  }
}

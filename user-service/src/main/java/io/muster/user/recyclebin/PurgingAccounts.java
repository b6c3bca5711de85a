package io.muster.user.recyclebin;

import com.github.f4b6a3.uuid.UuidCreator;
import io.agroal.api.AgroalDataSource;
import io.muster.chassis.tenancy.TenantScope;
import io.muster.inbox.database.DayPartitions;
import io.muster.user.audit.Change;
import io.muster.user.audit.ChangeLog;
import io.muster.user.password.CredentialVersions;
import io.quarkus.agroal.DataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Deletes accounts for good whose time in the recycle bin is over, with their credentials; the
 * search table follows as it follows every change. In portions, tenant by tenant. Any number of
 * instances may do it at once.
 */
@ApplicationScoped
public class PurgingAccounts {
  private static final Logger LOG = Logger.getLogger(PurgingAccounts.class);

  /** Some tenths of a second, so that a restore waits for no longer than that. */
  private static final int PORTION = 1_000;

  /** From tenant to tenant through the index: millions may lie in the bin and not be due. */
  private static final String TENANTS =
      """
      WITH RECURSIVE with_removed AS (
          (SELECT a.tenant_id FROM account a WHERE a.state = 'REMOVED' ORDER BY a.tenant_id LIMIT 1)
          UNION ALL
          SELECT later.tenant_id
          FROM with_removed t CROSS JOIN LATERAL (
              SELECT a.tenant_id FROM account a
              WHERE a.state = 'REMOVED' AND a.tenant_id > t.tenant_id
              ORDER BY a.tenant_id LIMIT 1) AS later)
      SELECT t.tenant_id FROM with_removed t
      WHERE EXISTS (SELECT FROM account a
                    WHERE a.state = 'REMOVED' AND a.tenant_id = t.tenant_id AND a.purge_at <= ?)
      """;

  /**
   * One that is being restored, or purged by another instance, is passed over. By where the rows
   * lie: joined by id, the planner would rather read a tenant's accounts for each portion.
   */
  private static final String DELETE =
      """
      DELETE FROM account a WHERE a.tenant_id = ? AND a.ctid = ANY (ARRAY(
          SELECT d.ctid FROM account d
          WHERE d.tenant_id = ? AND d.state = 'REMOVED' AND d.purge_at <= ?
          ORDER BY d.purge_at
          LIMIT ?
          FOR UPDATE SKIP LOCKED))
      RETURNING a.id, a.user_principal_name, a.purge_at, a.credential_id
      """;

  private final AgroalDataSource finder;
  private final javax.sql.DataSource work;
  private final TenantScope tenants;
  private final DayPartitions days;
  private final CredentialVersions credentials;
  private final ChangeLog changes;
  private final Clock clock;

  @Inject
  PurgingAccounts(
      @DataSource("finder") AgroalDataSource finder,
      javax.sql.DataSource work,
      TenantScope tenants,
      DayPartitions days,
      CredentialVersions credentials,
      ChangeLog changes) {
    this.finder = finder;
    this.work = work;
    this.tenants = tenants;
    this.days = days;
    this.credentials = credentials;
    this.changes = changes;
    this.clock = Clock.systemUTC();
  }

  @Scheduled(
      every = "10m",
      delayed = "1m",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void sweep() {
    try {
      for (String tenant : tenantsWithOldOnes()) {
        long purged = 0;
        int portion;
        do {
          portion = purge(tenant);
          purged += portion;
        } while (portion > 0);
        LOG.infof("removed accounts deleted for good: %d, tenant=%s", purged, tenant);
      }
    } catch (SQLException | RuntimeException e) {
      LOG.warn("removed accounts wait for the next look", e);
    }
  }

  private List<String> tenantsWithOldOnes() throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection connection = finder.getConnection();
        PreparedStatement find = connection.prepareStatement(TENANTS)) {
      find.setObject(1, now());
      try (ResultSet rows = find.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
    }
    return found;
  }

  private int purge(String tenant) {
    UUID purge = UuidCreator.getTimeOrderedEpoch();
    Instant made = Instant.ofEpochMilli(purge.getMostSignificantBits() >>> 16);
    days.ensure(Set.of(LocalDate.ofInstant(made, ZoneOffset.UTC)));
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              tenants.enter(tenant);
              try (Connection connection = work.getConnection()) {
                List<PurgedAccount> purged = delete(connection, tenant);
                credentials.delete(
                    connection,
                    purged.stream()
                        .filter(account -> account.credentialId() != null)
                        .map(account -> new CredentialVersions.Key(tenant, account.credentialId()))
                        .toList());
                List<Change> entries = new ArrayList<>();
                for (int i = 0; i < purged.size(); i++) {
                  entries.add(purged.get(i).change(tenant, purge, i + 1L));
                }
                changes.append(entries);
                return purged.size();
              }
            });
  }

  private List<PurgedAccount> delete(Connection connection, String tenant) throws SQLException {
    List<PurgedAccount> purged = new ArrayList<>();
    try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
      delete.setString(1, tenant);
      delete.setString(2, tenant);
      delete.setObject(3, now());
      delete.setInt(4, PORTION);
      try (ResultSet rows = delete.executeQuery()) {
        while (rows.next()) {
          purged.add(
              new PurgedAccount(
                  rows.getObject(1, UUID.class),
                  rows.getString(2),
                  rows.getObject(3, OffsetDateTime.class).toInstant(),
                  rows.getObject(4, UUID.class)));
        }
      }
    }
    return purged;
  }

  private OffsetDateTime now() {
    return OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
  }
}

package io.muster.user.password.expiry;

import io.agroal.api.AgroalDataSource;
import io.muster.chassis.setwise.ColumnArrays;
import io.muster.chassis.tenancy.TenantScope;
import io.muster.user.audit.AuditConfig;
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
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Deletes what is kept about passwords for a while only: credentials a week after another one took
 * their place, the pace of names that nobody has tried for a day, and who checked a password for as
 * long as is configured.
 */
@ApplicationScoped
public class PurgingCredentials {
  private static final Logger LOG = Logger.getLogger(PurgingCredentials.class);

  /** For the undo of a row whose other part was refused, however late that is known. */
  private static final Duration SUPERSEDED = Duration.ofDays(7);

  /** After which an attempt counts as the first one again. */
  private static final Duration FORGOTTEN = Duration.ofDays(1);

  private static final int PORTION = 5_000;

  private static final String FIND_SUPERSEDED =
      """
      SELECT tenant_id, id::text FROM credential WHERE superseded_at <= ?
      ORDER BY superseded_at LIMIT ?
      """;

  /** Not one that an undo pointed back at. */
  private static final String DELETE_SUPERSEDED =
      """
      DELETE FROM credential c
      USING unnest(?::text[], ?::text[]) AS old (tenant_id, id)
      WHERE c.tenant_id = old.tenant_id AND c.id = old.id::uuid AND c.superseded_at <= ?
        AND NOT EXISTS (SELECT FROM account a
                        WHERE a.tenant_id = c.tenant_id AND a.id = c.account_id
                          AND a.credential_id = c.id)
      """;

  private static final String FIND_FORGOTTEN =
      """
      SELECT tenant_id, upn_key FROM sign_in_pace WHERE starts_at <= ?
      ORDER BY starts_at LIMIT ?
      """;

  private static final String DELETE_FORGOTTEN =
      """
      DELETE FROM sign_in_pace p
      USING unnest(?::text[], ?::text[]) AS old (tenant_id, upn_key)
      WHERE p.tenant_id = old.tenant_id AND p.upn_key = old.upn_key AND p.starts_at <= ?
      """;

  private static final String FIND_CHECKS =
      "SELECT tenant_id, id::text FROM password_check WHERE at <= ? ORDER BY at LIMIT ?";

  private static final String DELETE_CHECKS =
      """
      DELETE FROM password_check p
      USING unnest(?::text[], ?::text[]) AS old (tenant_id, id)
      WHERE p.tenant_id = old.tenant_id AND p.id = old.id::uuid AND p.at <= ?
      """;

  private final AgroalDataSource finder;
  private final javax.sql.DataSource work;
  private final TenantScope tenants;
  private final AuditConfig audit;
  private final Clock clock;

  @Inject
  PurgingCredentials(
      @DataSource("finder") AgroalDataSource finder,
      javax.sql.DataSource work,
      TenantScope tenants,
      AuditConfig audit) {
    this.audit = audit;
    this.finder = finder;
    this.work = work;
    this.tenants = tenants;
    this.clock = Clock.systemUTC();
  }

  private record Found(String tenant, String key) {}

  @Scheduled(every = "10m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void sweep() {
    try {
      purge(FIND_SUPERSEDED, DELETE_SUPERSEDED, SUPERSEDED);
      purge(FIND_FORGOTTEN, DELETE_FORGOTTEN, FORGOTTEN);
      purge(FIND_CHECKS, DELETE_CHECKS, audit.passwordChecks());
    } catch (SQLException | RuntimeException e) {
      LOG.warn("old credentials wait for the next look", e);
    }
  }

  private void purge(String find, String delete, Duration after) throws SQLException {
    OffsetDateTime before = OffsetDateTime.ofInstant(clock.instant().minus(after), ZoneOffset.UTC);
    int deleted;
    do {
      List<Found> found = find(find, before);
      deleted = found.isEmpty() ? 0 : delete(delete, before, found);
    } while (deleted == PORTION);
  }

  private List<Found> find(String sql, OffsetDateTime before) throws SQLException {
    List<Found> found = new ArrayList<>();
    try (Connection connection = finder.getConnection();
        PreparedStatement find = connection.prepareStatement(sql)) {
      find.setObject(1, before);
      find.setInt(2, PORTION);
      try (ResultSet rows = find.executeQuery()) {
        while (rows.next()) {
          found.add(new Found(rows.getString(1), rows.getString(2)));
        }
      }
    }
    return found;
  }

  private int delete(String sql, OffsetDateTime before, List<Found> found) {
    Set<String> whose = found.stream().map(Found::tenant).collect(Collectors.toSet());
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              tenants.enter(whose);
              try (Connection connection = work.getConnection();
                  PreparedStatement delete = connection.prepareStatement(sql)) {
                new ColumnArrays<>(delete, found, 1)
                    .add("text", Found::tenant)
                    .add("text", Found::key);
                delete.setObject(3, before);
                return delete.executeUpdate();
              }
            });
  }
}

package io.muster.user.audit.refused;

import com.github.f4b6a3.uuid.UuidCreator;
import io.agroal.api.AgroalDataSource;
import io.muster.chassis.setwise.ColumnArrays;
import io.muster.chassis.tenancy.TenantScope;
import io.muster.contracts.command.Actor;
import io.muster.user.audit.AuditConfig;
import io.quarkus.agroal.DataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/** The table {@code refused_call}: who tried what without being allowed to. */
@ApplicationScoped
public class RefusedCalls {
  private static final Logger LOG = Logger.getLogger(RefusedCalls.class);

  private static final String APPEND =
      """
      INSERT INTO refused_call (tenant_id, id, at, actor, actor_roles, call, code, times)
      SELECT ?, id, at, ?, ?, call, code, times
        FROM unnest(?::uuid[], ?::timestamptz[], ?::text[], ?::text[], ?::int[])
             AS c (id, at, call, code, times)
      """;

  private static final String OLD = "SELECT DISTINCT tenant_id FROM refused_call WHERE at < ?";
  private static final String FORGET = "DELETE FROM refused_call WHERE at < ?";

  private final javax.sql.DataSource dataSource;
  private final AgroalDataSource finder;
  private final TenantScope tenants;
  private final AuditConfig config;
  private final Clock clock;

  @Inject
  RefusedCalls(
      javax.sql.DataSource dataSource,
      @DataSource("finder") AgroalDataSource finder,
      TenantScope tenants,
      AuditConfig config) {
    this.dataSource = dataSource;
    this.finder = finder;
    this.tenants = tenants;
    this.config = config;
    this.clock = Clock.systemUTC();
  }

  /**
   * Remembers calls of one caller, all or none of them.
   *
   * @throws SQLException when the database is away
   */
  @Transactional(rollbackOn = Exception.class)
  public void append(String tenant, Actor actor, List<RefusedCall> calls) throws SQLException {
    // The audit lists them by their ids, the newest first.
    List<RefusedCall> inTime =
        calls.stream().sorted(Comparator.comparing(RefusedCall::at)).toList();
    tenants.enter(tenant);
    try (Connection connection = dataSource.getConnection();
        PreparedStatement append = connection.prepareStatement(APPEND)) {
      append.setString(1, tenant);
      append.setString(2, actor.subject().replace('\0', '\uFFFD'));
      append.setString(3, String.join(",", new TreeSet<>(actor.roles())).replace('\0', '\uFFFD'));
      new ColumnArrays<>(append, inTime, 4)
          .add("uuid", call -> UuidCreator.getTimeOrderedEpochPlus1())
          .add("timestamptz", call -> OffsetDateTime.ofInstant(call.at(), ZoneOffset.UTC))
          .add("text", RefusedCall::call)
          .add("text", RefusedCall::code)
          .add("integer", RefusedCall::times);
      append.executeUpdate();
    }
  }

  @Scheduled(every = "1h", delayed = "3m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void sweep() {
    try {
      forget(
          OffsetDateTime.ofInstant(clock.instant().minus(config.refusedCalls()), ZoneOffset.UTC));
    } catch (SQLException | RuntimeException e) {
      LOG.warnf("old refused calls wait for the next look: %s", e.getClass().getSimpleName());
    }
  }

  /** Deletes what is older, of all tenants. */
  public void forget(OffsetDateTime before) throws SQLException {
    List<String> whose = new ArrayList<>();
    try (Connection connection = finder.getConnection();
        PreparedStatement find = connection.prepareStatement(OLD)) {
      find.setObject(1, before);
      try (ResultSet rows = find.executeQuery()) {
        while (rows.next()) {
          whose.add(rows.getString(1));
        }
      }
    }
    if (!whose.isEmpty()) {
      QuarkusTransaction.requiringNew().call(() -> delete(whose, before));
    }
  }

  private int delete(List<String> whose, OffsetDateTime before) throws SQLException {
    tenants.enter(whose);
    try (Connection connection = dataSource.getConnection();
        PreparedStatement forget = connection.prepareStatement(FORGET)) {
      forget.setObject(1, before);
      return forget.executeUpdate();
    }
  }
}

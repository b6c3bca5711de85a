package io.muster.bulkingest.tenants;

import io.muster.bulkingest.upload.Allowance;
import io.muster.bulkingest.upload.rule.AllowedDomains;
import io.muster.chassis.problem.Problem;
import io.muster.chassis.problem.RequestRefused;
import io.muster.chassis.tenancy.TenantScope;
import io.muster.contracts.job.RequestCode;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;

/**
 * Whether a tenant may begin something new, asked before its first byte is read. A tenant that
 * nobody knows is registered by that, unless configured otherwise. Jobs that are there go on
 * whatever is laid down later.
 */
@ApplicationScoped
public class CheckingQuotas {
  /** Nobody knows when a job ends: long enough not to be asked all the time. */
  private static final int LOOK_AGAIN_SECONDS = 30;

  private static final String REGISTER =
      "INSERT INTO tenant (tenant_id) VALUES (?) ON CONFLICT (tenant_id) DO NOTHING";

  /** Locked, so that of two uploads that end together the second one sees the first one's job. */
  private static final String LOCK =
      "SELECT max_open_jobs FROM tenant WHERE tenant_id = ? FOR UPDATE";

  private static final String OPEN_JOBS =
      """
      SELECT count(*) FROM job
      WHERE tenant_id = ? AND state IN ('QUEUED', 'RUNNING', 'PAUSED', 'CANCELLING')
        AND source NOT IN ('SINGLE', 'SCIM', 'HR')
      """;

  private final TenantsConfig config;
  private final TenantScope scope;
  private final DataSource dataSource;

  CheckingQuotas(TenantsConfig config, TenantScope scope, DataSource dataSource) {
    this.config = config;
    this.scope = scope;
    this.dataSource = dataSource;
  }

  /**
   * A file is about to be read. It counts as an upload whatever becomes of it.
   *
   * @param mayBeRepeat it may be a request that has its job already: open jobs are then looked at
   *     by {@link #checkOpenJobs} alone, once that is known
   * @throws RequestRefused FORBIDDEN, or TOO_MANY_REQUESTS with the time to wait
   */
  public Allowance ofUpload(String tenant, boolean mayBeRepeat) {
    return inTenant(
        tenant,
        connection -> {
          Tenant known = known(connection, tenant);
          if (known.maxUploadsPerMinute != null) {
            countUpload(connection, known);
          }
          if (known.maxOpenJobs != null && !mayBeRepeat) {
            checkOpenJobs(connection, tenant, known.maxOpenJobs);
          }
          return new Allowance(
              AllowedDomains.of(List.of(known.domains)),
              known.maxRowsPerJob == null ? Long.MAX_VALUE : known.maxRowsPerJob);
        });
  }

  /**
   * A single call is about to be judged. It counts whatever becomes of it.
   *
   * @return the domains that a new user may have
   * @throws RequestRefused FORBIDDEN, or TOO_MANY_REQUESTS with the time to wait
   */
  public AllowedDomains ofSingleCall(String tenant) {
    return inTenant(
        tenant,
        connection -> {
          doNotWaitForTheDisk(connection);
          Tenant known = known(connection, tenant);
          countSingleCall(connection, known);
          return AllowedDomains.of(List.of(known.domains));
        });
  }

  /**
   * Once more, in the transaction that admits a file's job.
   *
   * @throws RequestRefused TOO_MANY_REQUESTS
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public void checkOpenJobs(String tenant) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(LOCK)) {
      statement.setString(1, tenant);
      try (ResultSet row = statement.executeQuery()) {
        if (row.next() && row.getObject(1) != null) {
          checkOpenJobs(connection, tenant, row.getInt(1));
        }
      }
    }
  }

  /** What is done within the tenant's own rows. */
  @FunctionalInterface
  private interface InTenant<T> {
    T with(Connection connection) throws SQLException;
  }

  private <T> T inTenant(String tenant, InTenant<T> work) {
    // A refusal is an answer: what was counted before it stays counted.
    Object[] answer = new Object[1];
    RequestRefused refused =
        QuarkusTransaction.requiringNew()
            .call(
                () -> {
                  scope.enter(tenant);
                  try (Connection connection = dataSource.getConnection()) {
                    answer[0] = work.with(connection);
                    return null;
                  } catch (RequestRefused e) {
                    return e;
                  } catch (SQLException e) {
                    throw new IllegalStateException("a tenant can't be looked up", e);
                  }
                });
    if (refused != null) {
      throw refused;
    }
    @SuppressWarnings("unchecked")
    T found = (T) answer[0];
    return found;
  }

  private Tenant known(Connection connection, String tenant) throws SQLException {
    Tenant known = Tenant.of(tenant).orElse(null);
    if (known == null && config.registerAtFirstUse()) {
      update(connection, REGISTER, tenant);
      known = Tenant.of(tenant).orElseThrow();
    }
    if (known == null) {
      throw RequestRefused.because(
          RequestCode.FORBIDDEN,
          "The tenant "
              + tenant
              + " isn't registered here: ask the operators to register it with PUT /v1/tenants/"
              + tenant
              + ".");
    }
    if (!known.uploadsAllowed) {
      throw RequestRefused.because(
          RequestCode.FORBIDDEN,
          "The operators have stopped changes for this tenant: ask them to allow them again.");
    }
    return known;
  }

  private static void countUpload(Connection connection, Tenant known) throws SQLException {
    int quota = known.maxUploadsPerMinute;
    int seconds = Bucket.UPLOADS.take(connection, known.id, quota, quota);
    if (seconds > 0) {
      throw tooMany(
          "This tenant's quota is "
              + quota
              + " uploads a minute: wait, or put several files into one.",
          seconds);
    }
  }

  private void countSingleCall(Connection connection, Tenant known) throws SQLException {
    int quota =
        known.maxSingleCallsPerMinute == null
            ? config.singleCallsPerMinute()
            : known.maxSingleCallsPerMinute;
    double burst = Math.max(1, quota * config.singleCallBurst().toMillis() / 60_000.0);
    int seconds = Bucket.SINGLE_CALLS.take(connection, known.id, quota, burst);
    if (seconds > 0) {
      throw tooMany(
          "This tenant's quota is "
              + quota
              + " calls on single users a minute: wait, or put many users into one file.",
          seconds);
    }
  }

  /**
   * A count that a crash of the database takes back harms nobody; the job's commit waits anyway.
   */
  private static void doNotWaitForTheDisk(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET LOCAL synchronous_commit = off");
    }
  }

  private static void checkOpenJobs(Connection connection, String tenant, int quota)
      throws SQLException {
    long open = number(connection, OPEN_JOBS, tenant);
    if (open >= quota) {
      throw tooMany(
          "This tenant's quota is "
              + quota
              + " open jobs, and "
              + open
              + " aren't finished: wait for one to end, or cancel one.",
          LOOK_AGAIN_SECONDS);
    }
  }

  private static RequestRefused tooMany(String detail, int seconds) {
    return RequestRefused.because(RequestCode.TOO_MANY_REQUESTS, detail)
        .with(Problem.RETRY_AFTER, seconds);
  }

  private static int update(Connection connection, String sql, String tenant) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, tenant);
      return statement.executeUpdate();
    }
  }

  private static long number(Connection connection, String sql, String tenant) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, tenant);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}

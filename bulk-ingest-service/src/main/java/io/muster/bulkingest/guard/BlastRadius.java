package io.muster.bulkingest.guard;

import io.muster.contracts.command.Operation;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;

/**
 * How many rows of a tenant have removed or disabled accounts lately, all its jobs together, and
 * how many may before a job stops and asks. Rows count when they are handed to the bus, whatever
 * becomes of them there; dry runs and undos don't.
 *
 * <p>docs/decisions/0014-how-jobs-stop.md.
 */
@ApplicationScoped
public class BlastRadius {
  /** For a job that isn't stopped. */
  public static final long UNLIMITED = Long.MAX_VALUE;

  /** The window is followed in steps of this part of it: of a day in ten minutes. */
  private static final int STEPS = 144;

  private static final String LOCK =
      "SELECT pg_advisory_xact_lock(hashtextextended('blast-radius/' || ?, 0))";

  private static final String USED =
      """
      SELECT coalesce(sum(rows), 0) FROM blast_radius
      WHERE tenant_id = ? AND slot > now() - ? * interval '1 second'
      """;

  private static final String COUNT =
      """
      INSERT INTO blast_radius (tenant_id, slot, rows)
      VALUES (?, date_bin(? * interval '1 second', now(), 'epoch'), ?)
      ON CONFLICT (tenant_id, slot) DO UPDATE SET rows = blast_radius.rows + excluded.rows
      """;

  private static final String FORGET =
      "DELETE FROM blast_radius WHERE tenant_id = ? AND slot <= now() - ? * interval '1 second'";

  private final DataSource dataSource;
  private final GuardConfig config;
  private final long stepSeconds;
  private final long windowSeconds;

  BlastRadius(DataSource dataSource, GuardConfig config) {
    this.dataSource = dataSource;
    this.config = config;
    this.stepSeconds = Math.max(1, config.blastRadiusWindow().toSeconds() / STEPS);
    // A step began before its last row was counted.
    this.windowSeconds = config.blastRadiusWindow().toSeconds() + stepSeconds;
  }

  /** Whether rows of that operation take an account from somebody. */
  public static boolean counts(Operation operation) {
    return operation == Operation.REMOVE || operation == Operation.DISABLE;
  }

  /**
   * Whether a job of these rows is stopped by this guard at all.
   *
   * @param operations rows by operation
   */
  public boolean guards(long total, Map<Operation, Long> operations) {
    return total > config.guardedAbove()
        && operations.keySet().stream().anyMatch(BlastRadius::counts);
  }

  /**
   * Rows of all the tenant's jobs within the window.
   *
   * @param activeAccounts of the tenant; null when nobody could tell, then they count as none
   */
  public long limit(Long activeAccounts) {
    long active = activeAccounts == null ? 0 : activeAccounts;
    return Math.max(config.blastRadiusAccounts(), active * config.blastRadiusPercent() / 100);
  }

  /** Why a job was stopped, with the numbers and what to do. */
  public String detail(Long activeAccounts) {
    return "Within "
        + config.blastRadiusWindow().toHours()
        + " hours no more than "
        + limit(activeAccounts)
        + " rows of all jobs may remove or disable accounts unasked: the larger of "
        + config.blastRadiusAccounts()
        + " and "
        + config.blastRadiusPercent()
        + " % of the "
        + (activeAccounts == null
            ? "active accounts, whose number nobody could tell"
            : activeAccounts + " active accounts")
        + ". So many were sent, the rest of this job waits. Check that its rows mean these people,"
        + " then resume it to go on without this limit, or cancel it.";
  }

  /** One who decides at a time, until the transaction ends. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void lock(String tenant) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(LOCK)) {
      statement.setString(1, tenant);
      statement.execute();
    }
  }

  /** Rows within the window so far. */
  @Transactional(Transactional.TxType.MANDATORY)
  public long used(String tenant) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(USED)) {
      statement.setString(1, tenant);
      statement.setLong(2, windowSeconds);
      try (ResultSet used = statement.executeQuery()) {
        used.next();
        return used.getLong(1);
      }
    }
  }

  /** Adds rows that are about to be sent, in the transaction that stores their intent. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void count(String tenant, long rows) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
        statement.setString(1, tenant);
        statement.setLong(2, stepSeconds);
        statement.setLong(3, rows);
        statement.executeUpdate();
      }
      try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
        statement.setString(1, tenant);
        statement.setLong(2, windowSeconds);
        statement.executeUpdate();
      }
    }
  }
}

package io.muster.bulkingest.admission;

import io.muster.contracts.command.Operation;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Who was first: an idempotency key belongs to one request, a file to one job. Both are claimed in
 * the transaction that admits the job, under advisory locks, so that of many at once one wins and
 * the others see its claim.
 */
@ApplicationScoped
public class Claims {
  /** API.md: keys live 7 days. */
  private static final Duration KEY_LIVES = Duration.ofDays(7);

  /** API.md: the same file counts as a duplicate within 30 days. */
  private static final Duration FILE_COUNTS = Duration.ofDays(30);

  private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))";

  private static final String FIND_KEY =
      """
      SELECT request_sha256, job_id FROM idempotency_claim
      WHERE tenant_id = ? AND subject = ? AND key = ? AND expires_at > now()
      """;

  private static final String CLAIM_KEY =
      """
      INSERT INTO idempotency_claim (tenant_id, subject, key, request_sha256, job_id, expires_at)
      VALUES (?, ?, ?, ?, ?, now() + ? * interval '1 second')
      ON CONFLICT (tenant_id, subject, key) DO UPDATE
      SET request_sha256 = excluded.request_sha256, job_id = excluded.job_id,
          expires_at = excluded.expires_at
      """;

  /** Dry runs, and jobs that were cancelled or failed as a whole, did nothing that counts. */
  private static final String FIND_FILE =
      """
      SELECT id FROM job
      WHERE tenant_id = ? AND file_sha256 = ? AND requested = ? AND licenses = ?
        AND submitted_at > now() - ? * interval '1 second'
        AND source IN ('FILE', 'RUN') AND NOT dry_run AND state NOT IN ('CANCELLED', 'FAILED')
      ORDER BY submitted_at DESC
      LIMIT 1
      """;

  private static final String NEXT_SUBMISSION = "SELECT nextval('submission')";

  private final DataSource dataSource;

  Claims(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * An earlier request under the same key.
   *
   * @param requestSha256 what it asked for
   * @param jobId what it got
   */
  record Earlier(String requestSha256, UUID jobId) {}

  /** Locks the key until the transaction ends and says who has it, if anyone. */
  @Transactional(Transactional.TxType.MANDATORY)
  Optional<Earlier> lockKey(String tenant, String subject, String key) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      lock(connection, "key/" + tenant + '/' + subject + '/' + key);
      try (PreparedStatement statement = connection.prepareStatement(FIND_KEY)) {
        statement.setString(1, tenant);
        statement.setString(2, subject);
        statement.setString(3, key);
        try (ResultSet row = statement.executeQuery()) {
          return row.next()
              ? Optional.of(new Earlier(row.getString(1), row.getObject(2, UUID.class)))
              : Optional.empty();
        }
      }
    }
  }

  /** Claims a locked key for a job. */
  @Transactional(Transactional.TxType.MANDATORY)
  void claimKey(String tenant, String subject, String key, String requestSha256, UUID jobId)
      throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(CLAIM_KEY)) {
      statement.setString(1, tenant);
      statement.setString(2, subject);
      statement.setString(3, key);
      statement.setString(4, requestSha256);
      statement.setObject(5, jobId);
      statement.setLong(6, KEY_LIVES.toSeconds());
      statement.executeUpdate();
    }
  }

  /** Locks the file until the transaction ends and says which job it has been, if any. */
  @Transactional(Transactional.TxType.MANDATORY)
  Optional<UUID> lockFile(String tenant, String sha256, Operation requested, String licenses)
      throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      lock(connection, "file/" + tenant + '/' + sha256);
      try (PreparedStatement statement = connection.prepareStatement(FIND_FILE)) {
        statement.setString(1, tenant);
        statement.setString(2, sha256);
        statement.setString(3, requested.name());
        statement.setString(4, licenses);
        statement.setLong(5, FILE_COUNTS.toSeconds());
        try (ResultSet row = statement.executeQuery()) {
          return row.next() ? Optional.of(row.getObject(1, UUID.class)) : Optional.empty();
        }
      }
    }
  }

  /** The next admission's number. */
  @Transactional(Transactional.TxType.MANDATORY)
  public long nextSubmission() throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(NEXT_SUBMISSION);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void lock(Connection connection, String what) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
      statement.setString(1, what);
      statement.execute();
    }
  }
}

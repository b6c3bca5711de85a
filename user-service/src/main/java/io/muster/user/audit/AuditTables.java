package io.muster.user.audit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.muster.user.audit.AuditEntry.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Reads the audit's tables from a place down, each by an index that begins with what is known. */
final class AuditTables {
  private static final String COLUMNS =
      """
      c.at, c.actor, c.actor_roles, c.operation, c.upn_key, c.code, c.before, c.after""";

  private static final String OF_A_JOB =
      """
      SELECT NULL::uuid, c.job_id, c.kind::text, c.row_no, %s
      FROM change c
      WHERE c.tenant_id = ? AND c.job_id = ? AND (c.row_no, c.kind) < (?, ?::"char")
      ORDER BY c.row_no DESC, c.kind DESC
      LIMIT ?
      """
          .formatted(COLUMNS);

  private static final String OF_A_USER =
      """
      SELECT u.batch_id, u.job_id, u.kind::text, u.row_no, %s
      FROM (SELECT n.batch_id, n.job_id, n.kind, n.row_no FROM change_by_user n
            WHERE n.tenant_id = ? AND n.upn_key = ? AND (?::uuid IS NULL OR n.job_id = ?)
              AND (n.batch_id, n.job_id, n.kind, n.row_no) < (?, ?, ?::"char", ?)
            ORDER BY n.batch_id DESC, n.job_id DESC, n.kind DESC, n.row_no DESC
            LIMIT ?) AS u
      CROSS JOIN LATERAL (
          SELECT * FROM change c
          WHERE c.tenant_id = ? AND c.job_id = u.job_id AND c.row_no = u.row_no AND c.kind = u.kind
          OFFSET 0) AS c
      ORDER BY u.batch_id DESC, u.job_id DESC, u.kind DESC, u.row_no DESC
      """
          .formatted(COLUMNS);

  /** As many batches as hold a page; the first of them may have been shown in part. */
  private static final String OF_A_TENANT =
      """
      SELECT r.*, %s
      FROM (SELECT b.id, b.job_id, b.kind::text AS kind, nos.row_no
            FROM (SELECT o.*,
                         sum(o.row_count) OVER newest_first - o.row_count
                             - first_value(o.row_count) OVER newest_first AS above
                  FROM (SELECT n.id, n.job_id, n.kind, n.row_count, n.row_nos FROM change_batch n
                        WHERE n.tenant_id = ? AND (n.id, n.job_id, n.kind) <= (?, ?, ?::"char")
                        ORDER BY n.id DESC, n.job_id DESC, n.kind DESC
                        LIMIT ? + 1) AS o
                  WINDOW newest_first AS (ORDER BY o.id DESC, o.job_id DESC, o.kind DESC)) AS b
            CROSS JOIN LATERAL unnest(b.row_nos) AS nos (row_no)
            WHERE b.above < ? AND (b.id, b.job_id, b.kind, nos.row_no) < (?, ?, ?::"char", ?)
            ORDER BY b.id DESC, b.job_id DESC, b.kind DESC, nos.row_no DESC
            LIMIT ?) AS r
      CROSS JOIN LATERAL (
          SELECT * FROM change c
          WHERE c.tenant_id = ? AND c.job_id = r.job_id AND c.row_no = r.row_no
            AND c.kind = r.kind::"char"
          OFFSET 0) AS c
      ORDER BY r.id DESC, r.job_id DESC, r.kind DESC, r.row_no DESC
      """
          .formatted(COLUMNS);

  private static final String CHECKS =
      """
      SELECT p.id, p.at, p.actor, p.actor_roles, p.upn_key, p.code, p.valid
      FROM password_check p
      WHERE p.tenant_id = ? AND p.id < ? %s
      ORDER BY p.id DESC
      LIMIT ?
      """;

  private static final String CHECKS_OF_ALL = CHECKS.formatted("");
  private static final String CHECKS_OF_A_USER = CHECKS.formatted("AND p.upn_key = ?");

  private static final String CALLS =
      """
      SELECT r.id, r.at, r.actor, r.actor_roles, r.call, r.code, r.times
      FROM refused_call r
      WHERE r.tenant_id = ? AND r.id < ?
      ORDER BY r.id DESC
      LIMIT ?
      """;

  private AuditTables() {}

  /** An entry and where it stands. */
  record Placed(AuditPlace place, AuditEntry entry) {}

  static List<Placed> ofAJob(
      Connection connection, String tenant, UUID job, AuditPlace below, int most)
      throws SQLException {
    try (PreparedStatement read = connection.prepareStatement(OF_A_JOB)) {
      bind(read, tenant, job, below.row(), String.valueOf(below.kind()), most);
      return changes(read);
    }
  }

  /**
   * @param job null for all
   */
  static List<Placed> ofAUser(
      Connection connection, String tenant, String upnKey, UUID job, AuditPlace below, int most)
      throws SQLException {
    try (PreparedStatement read = connection.prepareStatement(OF_A_USER)) {
      String kind = String.valueOf(below.kind());
      bind(
          read, tenant, upnKey, job, job, below.id(), below.job(), kind, below.row(), most, tenant);
      return changes(read);
    }
  }

  static List<Placed> ofATenant(Connection connection, String tenant, AuditPlace below, int most)
      throws SQLException {
    try (PreparedStatement read = connection.prepareStatement(OF_A_TENANT)) {
      String kind = String.valueOf(below.kind());
      bind(
          read,
          tenant,
          below.id(),
          below.job(),
          kind,
          most,
          most,
          below.id(),
          below.job(),
          kind,
          below.row(),
          most,
          tenant);
      return changes(read);
    }
  }

  /**
   * @param upnKey null for all users
   */
  static List<Placed> checks(
      Connection connection, String tenant, String upnKey, AuditPlace below, int most)
      throws SQLException {
    List<Placed> found = new ArrayList<>();
    try (PreparedStatement read =
        connection.prepareStatement(upnKey == null ? CHECKS_OF_ALL : CHECKS_OF_A_USER)) {
      if (upnKey == null) {
        bind(read, tenant, below.id(), most);
      } else {
        bind(read, tenant, below.id(), upnKey, most);
      }
      try (ResultSet rows = read.executeQuery()) {
        while (rows.next()) {
          found.add(
              new Placed(
                  AuditPlace.ofCheck(rows.getObject(1, UUID.class)),
                  new AuditEntry(
                      rows.getObject(2, OffsetDateTime.class).toInstant(),
                      Kind.PASSWORD_CHECK,
                      rows.getString(3),
                      rows.getString(4),
                      null,
                      null,
                      "VERIFY_PASSWORD",
                      rows.getString(5),
                      rows.getString(6),
                      null,
                      JsonNodeFactory.instance.objectNode().put("valid", rows.getBoolean(7)))));
        }
      }
    }
    return found;
  }

  /** Calls that were refused at the door: they are about no user. */
  static List<Placed> calls(Connection connection, String tenant, AuditPlace below, int most)
      throws SQLException {
    List<Placed> found = new ArrayList<>();
    try (PreparedStatement read = connection.prepareStatement(CALLS)) {
      bind(read, tenant, below.id(), most);
      try (ResultSet rows = read.executeQuery()) {
        while (rows.next()) {
          found.add(
              new Placed(
                  AuditPlace.ofCheck(rows.getObject(1, UUID.class)),
                  new AuditEntry(
                      rows.getObject(2, OffsetDateTime.class).toInstant(),
                      Kind.CALL,
                      rows.getString(3),
                      rows.getString(4),
                      null,
                      null,
                      rows.getString(5),
                      null,
                      rows.getString(6),
                      null,
                      JsonNodeFactory.instance.objectNode().put("times", rows.getInt(7)))));
        }
      }
    }
    return found;
  }

  private static List<Placed> changes(PreparedStatement read) throws SQLException {
    List<Placed> found = new ArrayList<>();
    try (ResultSet rows = read.executeQuery()) {
      while (rows.next()) {
        UUID batch = rows.getObject(1, UUID.class);
        UUID job = rows.getObject(2, UUID.class);
        char kind = rows.getString(3).charAt(0);
        long row = rows.getLong(4);
        found.add(
            new Placed(
                new AuditPlace(batch == null ? job : batch, job, kind, row),
                new AuditEntry(
                    rows.getObject(5, OffsetDateTime.class).toInstant(),
                    kind == 'U' ? Kind.UNDO : Kind.CHANGE,
                    rows.getString(6),
                    rows.getString(7),
                    job,
                    row,
                    rows.getString(8),
                    rows.getString(9),
                    rows.getString(10),
                    ShownImage.of(rows.getString(11)),
                    ShownImage.of(rows.getString(12)))));
      }
    }
    return found;
  }

  private static void bind(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      if (values[i] == null) {
        statement.setNull(i + 1, java.sql.Types.OTHER);
      } else {
        statement.setObject(i + 1, values[i]);
      }
    }
  }
}

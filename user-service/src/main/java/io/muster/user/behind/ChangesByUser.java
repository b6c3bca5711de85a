package io.muster.user.behind;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The table {@code change_by_user}: by which the audit finds what was done to a user. */
@ApplicationScoped
class ChangesByUser {
  private static final String INDEX =
      """
      WITH named AS MATERIALIZED (
          SELECT c.upn_key, b.id, b.job_id, b.kind, r.row_no, c.account_id, c.code
          FROM unnest(?::uuid[], ?::uuid[]) AS noted (batch_id, job_id)
          CROSS JOIN LATERAL (
              SELECT b.id, b.job_id, b.kind, b.row_nos FROM change_batch b
              WHERE b.tenant_id = ? AND b.id = noted.batch_id AND b.job_id = noted.job_id
              OFFSET 0) AS b
          CROSS JOIN LATERAL unnest(b.row_nos) AS r (row_no)
          CROSS JOIN LATERAL (
              SELECT c.upn_key, c.account_id, c.code FROM change c
              WHERE c.tenant_id = ? AND c.job_id = b.job_id AND c.row_no = r.row_no
                AND c.kind = b.kind
              OFFSET 0) AS c),
      indexed AS (
          INSERT INTO change_by_user (tenant_id, upn_key, batch_id, job_id, kind, row_no)
          SELECT ?, n.upn_key, n.id, n.job_id, n.kind, n.row_no
          FROM named n
          ORDER BY n.upn_key
          ON CONFLICT DO NOTHING)
      SELECT DISTINCT n.account_id FROM named n WHERE n.account_id IS NOT NULL AND n.code IS NULL
      """;

  /**
   * @param batches whose changes are to be found by their users
   * @param jobs one for each batch; a batch of several jobs comes several times
   * @return the accounts that they changed; for the caller to add to
   */
  List<UUID> index(Connection connection, String tenant, List<UUID> batches, List<UUID> jobs)
      throws SQLException {
    List<UUID> changed = new ArrayList<>();
    if (batches.isEmpty()) {
      return changed;
    }
    try (PreparedStatement index = connection.prepareStatement(INDEX)) {
      index.setArray(1, connection.createArrayOf("uuid", batches.toArray()));
      index.setArray(2, connection.createArrayOf("uuid", jobs.toArray()));
      index.setString(3, tenant);
      index.setString(4, tenant);
      index.setString(5, tenant);
      try (ResultSet rows = index.executeQuery()) {
        while (rows.next()) {
          changed.add(rows.getObject(1, UUID.class));
        }
      }
    }
    return changed;
  }
}

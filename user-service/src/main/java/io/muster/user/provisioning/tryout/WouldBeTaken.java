package io.muster.user.provisioning.tryout;

import io.muster.chassis.setwise.ColumnArrays;
import io.muster.contracts.command.UserCommand;
import io.muster.user.provisioning.NamesAndEmployeeIds.Taken;
import io.muster.user.provisioning.NamesAndEmployeeIds.Wanted;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * Which names and employee ids would be taken: by accounts as earlier rows of the job would have
 * left them, and by those that none of them touches.
 */
public final class WouldBeTaken {
  private static final String LOOK =
      """
      SELECT asked.ord,
             coalesce(mine.in_use, by_name.found, false),
             coalesce(by_shadow.found, by_account.found)
      FROM unnest(?::text[], ?::uuid[], ?::text[], ?::text[])
           WITH ORDINALITY AS asked (tenant_id, job_id, upn_key, employee_id, ord)
      LEFT JOIN LATERAL (
          SELECT s.account -> 'signIn' ->> 'state' <> 'REMOVED' AS in_use
          FROM dry_run_account s
          WHERE s.tenant_id = asked.tenant_id AND s.job_id = asked.job_id
            AND s.upn_key = asked.upn_key
          ORDER BY s.row_no DESC
          LIMIT 1) AS mine ON true
      LEFT JOIN LATERAL (
          SELECT true AS found FROM account a
          WHERE a.tenant_id = asked.tenant_id AND a.upn_key = asked.upn_key
            AND a.state <> 'REMOVED'
          OFFSET 0) AS by_name ON true
      LEFT JOIN LATERAL (
          SELECT s.upn_key AS found FROM dry_run_account s
          WHERE s.tenant_id = asked.tenant_id AND s.job_id = asked.job_id
            AND s.employee_id = asked.employee_id AND s.upn_key <> asked.upn_key
            AND NOT EXISTS (
                SELECT FROM dry_run_account later
                WHERE later.tenant_id = s.tenant_id AND later.job_id = s.job_id
                  AND later.upn_key = s.upn_key AND later.row_no > s.row_no)
          LIMIT 1) AS by_shadow ON true
      LEFT JOIN LATERAL (
          SELECT a.upn_key AS found FROM account a
          WHERE a.tenant_id = asked.tenant_id AND a.employee_id = asked.employee_id
            AND a.state <> 'REMOVED' AND a.upn_key <> asked.upn_key
            AND NOT EXISTS (
                SELECT FROM dry_run_account s
                WHERE s.tenant_id = asked.tenant_id AND s.job_id = asked.job_id
                  AND s.upn_key = a.upn_key)
          OFFSET 0) AS by_account ON true
      """;

  private WouldBeTaken() {}

  /**
   * @param wanted all of dry runs
   * @param taken filled by command, compared by identity, one for each
   */
  public static void look(Connection connection, List<Wanted> wanted, Map<UserCommand, Taken> taken)
      throws SQLException {
    if (wanted.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(LOOK)) {
      new ColumnArrays<>(statement, wanted, 1)
          .add("text", w -> w.command().tenant())
          .add("uuid", w -> w.command().jobId())
          .add("text", Wanted::upnKey)
          .add("text", Wanted::employeeId);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          taken.put(
              wanted.get(rows.getInt(1) - 1).command(),
              new Taken(rows.getBoolean(2), rows.getString(3)));
        }
      }
    }
  }
}

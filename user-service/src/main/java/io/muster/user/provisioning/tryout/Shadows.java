package io.muster.user.provisioning.tryout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.chassis.setwise.ColumnArrays;
import io.muster.contracts.command.UserCommand;
import io.muster.contracts.command.UserPrincipalName;
import io.muster.user.provisioning.signin.FoundAccount;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * Accounts as the rows of a dry run would have left them: read over the real ones by rows of the
 * same job, and written instead of them. Commands that are no dry run are passed over. Why so:
 * {@code docs/decisions/0017-taking-rows-back.md}.
 */
public final class Shadows {
  private static final String NEWEST =
      """
      SELECT asked.ord, newest.account
      FROM unnest(?::text[], ?::uuid[], ?::text[])
           WITH ORDINALITY AS asked (tenant_id, job_id, upn_key, ord)
      CROSS JOIN LATERAL (
          SELECT s.account
          FROM dry_run_account s
          WHERE s.tenant_id = asked.tenant_id AND s.job_id = asked.job_id
            AND s.upn_key = asked.upn_key
          ORDER BY s.row_no DESC
          LIMIT 1) AS newest
      """;

  private static final String PUT =
      """
      INSERT INTO dry_run_account (tenant_id, job_id, upn_key, row_no, account, employee_id)
      SELECT s.tenant_id, s.job_id, s.upn_key, s.row_no, s.account::jsonb, s.employee_id
      FROM unnest(?::text[], ?::uuid[], ?::text[], ?::bigint[], ?::text[], ?::text[])
           AS s (tenant_id, job_id, upn_key, row_no, account, employee_id)
      """;

  private static final ObjectMapper JSON = new ObjectMapper();

  private Shadows() {}

  /** What a row of a dry run would leave. */
  public record Shadow(UserCommand command, WouldBe account) {}

  /**
   * Puts accounts as earlier rows of their job would have left them in the place of the real ones.
   *
   * @param found by command, compared by identity
   */
  public static void layOver(
      Connection connection, List<UserCommand> commands, Map<UserCommand, FoundAccount> found)
      throws SQLException {
    List<UserCommand> tries = commands.stream().filter(UserCommand::dryRun).toList();
    if (tries.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(NEWEST)) {
      new ColumnArrays<>(statement, tries, 1)
          .add("text", UserCommand::tenant)
          .add("uuid", UserCommand::jobId)
          .add("text", Shadows::upnKey);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          UserCommand command = tries.get(rows.getInt(1) - 1);
          found.put(command, read(rows.getString(2)).found(command.tenant()));
        }
      }
    }
  }

  /** Keeps them for later rows of their jobs. */
  public static void put(Connection connection, List<Shadow> shadows) throws SQLException {
    if (shadows.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(PUT)) {
      new ColumnArrays<>(statement, shadows, 1)
          .add("text", s -> s.command().tenant())
          .add("uuid", s -> s.command().jobId())
          .add("text", s -> upnKey(s.command()))
          .add("bigint", s -> s.command().row())
          .add("text", s -> written(s.account()))
          .add("text", s -> s.account().employeeIdInUse());
      statement.executeUpdate();
    }
  }

  static String upnKey(UserCommand command) {
    return UserPrincipalName.keyOf(command.userPrincipalName());
  }

  static WouldBe read(String text) {
    try {
      return JSON.readValue(text, WouldBe.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a shadow of an account can't be read");
    }
  }

  static String written(WouldBe account) {
    try {
      return JSON.writeValueAsString(account);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a shadow of an account can't be written");
    }
  }
}

package io.muster.user.provisioning;

import io.muster.chassis.setwise.ColumnArrays;
import io.muster.contracts.command.UserCommand;
import io.muster.contracts.command.UserPrincipalName;
import io.muster.user.provisioning.NamesAndEmployeeIds.Wanted;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Employee ids that commands set free or take without naming them: those of an account that is
 * removed, restored or changed, in use or in the bin, those that an undo brings back, and those of
 * the account that a dry run would leave.
 */
@ApplicationScoped
class HiddenEmployeeIds {
  /** Also what a change found: its undo takes it again. */
  private static final String FIND =
      """
      SELECT asked.ord, found.employee_id
      FROM unnest(?::text[], ?::text[], ?::uuid[], ?::bigint[], ?::uuid[])
           WITH ORDINALITY AS asked (tenant_id, upn_key, job_id, row_no, dry_run_job_id, ord)
      CROSS JOIN LATERAL (
          (SELECT a.employee_id FROM account a
           WHERE a.tenant_id = asked.tenant_id AND a.upn_key = asked.upn_key
             AND a.state <> 'REMOVED' OFFSET 0)
          UNION ALL
          (SELECT a.employee_id FROM account a
           WHERE a.tenant_id = asked.tenant_id AND a.upn_key = asked.upn_key
             AND a.state = 'REMOVED' OFFSET 0)
          UNION ALL
          (SELECT c.before -> 'properties' ->> 'employeeId' FROM change c
           WHERE c.tenant_id = asked.tenant_id AND c.job_id = asked.job_id
             AND c.row_no = asked.row_no AND c.kind = 'C' OFFSET 0)
          UNION ALL
          (SELECT s.employee_id FROM dry_run_account s
           WHERE s.tenant_id = asked.tenant_id AND s.job_id = asked.dry_run_job_id
             AND s.upn_key = asked.upn_key OFFSET 0)) AS found
      WHERE found.employee_id IS NOT NULL
      """;

  private final DataSource dataSource;

  HiddenEmployeeIds(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  private record User(String tenant, String upnKey) {
    static User of(UserCommand command) {
      return new User(command.tenant(), UserPrincipalName.keyOf(command.userPrincipalName()));
    }
  }

  /**
   * @param batch in arrival order
   * @return keys that don't stand in the command, for each, in the same order
   */
  List<Collection<?>> of(List<UserCommand> batch) throws SQLException {
    List<UserCommand> asking = batch.stream().filter(HiddenEmployeeIds::hidesSome).toList();
    List<Collection<?>> keys = new ArrayList<>(batch.size());
    if (asking.isEmpty()) {
      batch.forEach(c -> keys.add(List.of()));
      return keys;
    }
    Map<User, Set<EmployeeIdKey>> known = stored(asking);
    for (UserCommand command : batch) {
      User user = User.of(command);
      keys.add(
          hidesSome(command) ? List.copyOf(known.getOrDefault(user, Set.of())) : List.<Object>of());
      String named = Wanted.of(command).employeeId();
      if (named != null) {
        known
            .computeIfAbsent(user, u -> new HashSet<>())
            .add(new EmployeeIdKey(command.tenant(), named));
      }
    }
    return keys;
  }

  private static boolean hidesSome(UserCommand command) {
    if (command.undoes() != null || command.reverts() != null) {
      return true;
    }
    return switch (command.operation()) {
      case REMOVE, RESTORE -> true;
      case SET -> command.properties().containsKey("employeeId");
      case ADD, ENABLE, DISABLE, SET_PASSWORD, SET_LICENSES -> false;
    };
  }

  private Map<User, Set<EmployeeIdKey>> stored(List<UserCommand> asking) throws SQLException {
    Map<User, Set<EmployeeIdKey>> stored = new HashMap<>();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(FIND)) {
      new ColumnArrays<>(statement, asking, 1)
          .add("text", UserCommand::tenant)
          .add("text", c -> UserPrincipalName.keyOf(c.userPrincipalName()))
          .add("uuid", c -> c.reverts() == null ? null : c.reverts().jobId())
          .add("bigint", c -> c.reverts() == null ? null : c.reverts().row())
          .add("uuid", c -> c.dryRun() ? c.jobId() : null);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          UserCommand command = asking.get(rows.getInt(1) - 1);
          stored
              .computeIfAbsent(User.of(command), u -> new HashSet<>())
              .add(new EmployeeIdKey(command.tenant(), rows.getString(2)));
        }
      }
    }
    return stored;
  }
}

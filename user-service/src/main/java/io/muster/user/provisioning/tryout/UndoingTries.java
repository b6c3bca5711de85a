package io.muster.user.provisioning.tryout;

import io.muster.chassis.setwise.ColumnArrays;
import io.muster.contracts.command.CommandId;
import io.muster.contracts.command.UserCommand;
import io.muster.user.provisioning.Effect;
import io.muster.user.provisioning.signin.FindingAccounts;
import io.muster.user.provisioning.signin.FoundAccount;
import io.muster.user.provisioning.signin.SignIn;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Undoes rows of a dry run whose other part would be refused: the row's shadow goes, and where a
 * later one still shows what it did, that one shows what the row found.
 */
@ApplicationScoped
public class UndoingTries {
  private static final String OF_THE_USER =
      """
      SELECT asked.ord, s.row_no, s.account
      FROM unnest(?::text[], ?::uuid[], ?::text[])
           WITH ORDINALITY AS asked (tenant_id, job_id, upn_key, ord)
      JOIN LATERAL (
          SELECT s.row_no, s.account
          FROM dry_run_account s
          WHERE s.tenant_id = asked.tenant_id AND s.job_id = asked.job_id
            AND s.upn_key = asked.upn_key
          ORDER BY s.row_no
          OFFSET 0) AS s ON true
      ORDER BY asked.ord, s.row_no
      """;

  private static final String DELETE =
      """
      DELETE FROM dry_run_account s
      USING unnest(?::text[], ?::uuid[], ?::text[], ?::bigint[])
            AS gone (tenant_id, job_id, upn_key, row_no)
      WHERE s.tenant_id = gone.tenant_id AND s.job_id = gone.job_id AND s.upn_key = gone.upn_key
        AND s.row_no = gone.row_no
      """;

  private static final String REPLACE =
      """
      UPDATE dry_run_account s SET account = n.account::jsonb
      FROM unnest(?::text[], ?::uuid[], ?::text[], ?::bigint[], ?::text[])
           AS n (tenant_id, job_id, upn_key, row_no, account)
      WHERE s.tenant_id = n.tenant_id AND s.job_id = n.job_id AND s.upn_key = n.upn_key
        AND s.row_no = n.row_no
      """;

  private final DataSource dataSource;

  UndoingTries(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  private record Version(UserCommand undo, long row, WouldBe account) {}

  /**
   * @param undos of rows that would have been applied; no two for one user
   * @return one for each, in the same order
   */
  public List<Effect> apply(List<UserCommand> undos) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      Map<UserCommand, List<Version>> versions = versions(connection, undos);
      Map<UserCommand, FoundAccount> real = FindingAccounts.byName(connection, undos);
      List<Version> changed = new ArrayList<>();
      for (UserCommand undo : undos) {
        changed.addAll(
            without(undo.undoes(), versions.getOrDefault(undo, List.of()), real.get(undo)));
      }
      replace(connection, changed);
      delete(connection, undos);
    }
    return undos.stream().map(undo -> Effect.undone(null, null, null, null)).toList();
  }

  /** What the row found is the version below its own; without one, the real account. */
  private static List<Version> without(
      CommandId undone, List<Version> versions, FoundAccount real) {
    int at = 0;
    while (at < versions.size() && versions.get(at).row() != undone.row()) {
      at++;
    }
    if (at >= versions.size() - 1 || (at == 0 && real == null)) {
      return List.of();
    }
    SignIn mine = versions.get(at).account().signIn();
    SignIn below = at == 0 ? real.signIn() : versions.get(at - 1).account().signIn();
    List<Version> changed = new ArrayList<>();
    for (Version later : versions.subList(at + 1, versions.size())) {
      SignIn now = later.account().signIn();
      SignIn then = without(mine, below, now);
      if (then != now) {
        changed.add(new Version(later.undo(), later.row(), later.account().signingIn(then)));
      }
    }
    return changed;
  }

  private static SignIn without(SignIn mine, SignIn below, SignIn now) {
    SignIn then = now;
    SignIn.Standing from = now.removedFrom();
    if (now.stateStamp().equals(mine.stateStamp())) {
      then = then.withStateOf(below, below.stateStamp());
    } else if (from != null && from.stamp().equals(mine.stateStamp()) && !below.removed()) {
      then = then.removedFrom(new SignIn.Standing(below.state(), below.stateStamp()));
    }
    return now.credentialStamp().equals(mine.credentialStamp())
        ? then.withCredentialOf(below, below.credentialStamp())
        : then;
  }

  private static Map<UserCommand, List<Version>> versions(
      Connection connection, List<UserCommand> undos) throws SQLException {
    Map<UserCommand, List<Version>> versions = new IdentityHashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(OF_THE_USER)) {
      new ColumnArrays<>(statement, undos, 1)
          .add("text", UserCommand::tenant)
          .add("uuid", u -> u.undoes().jobId())
          .add("text", Shadows::upnKey);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          UserCommand undo = undos.get(rows.getInt(1) - 1);
          versions
              .computeIfAbsent(undo, u -> new ArrayList<>())
              .add(new Version(undo, rows.getLong(2), Shadows.read(rows.getString(3))));
        }
      }
    }
    return versions;
  }

  private static void delete(Connection connection, List<UserCommand> undos) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
      new ColumnArrays<>(statement, undos, 1)
          .add("text", UserCommand::tenant)
          .add("uuid", u -> u.undoes().jobId())
          .add("text", Shadows::upnKey)
          .add("bigint", u -> u.undoes().row());
      statement.executeUpdate();
    }
  }

  private static void replace(Connection connection, List<Version> versions) throws SQLException {
    if (versions.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(REPLACE)) {
      new ColumnArrays<>(statement, versions, 1)
          .add("text", v -> v.undo().tenant())
          .add("uuid", v -> v.undo().undoes().jobId())
          .add("text", v -> Shadows.upnKey(v.undo()))
          .add("bigint", Version::row)
          .add("text", v -> Shadows.written(v.account()));
      statement.executeUpdate();
    }
  }
}

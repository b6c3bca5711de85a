package io.muster.user.provisioning.kept;

import io.muster.chassis.setwise.ColumnArrays;
import io.muster.contracts.command.CommandId;
import io.muster.contracts.command.Operation;
import io.muster.contracts.command.Stamp;
import io.muster.contracts.command.UserCommand;
import io.muster.user.provisioning.signin.SignIn;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** Reads the images that changes left, and marks changes as undone or taken back. */
@ApplicationScoped
public class KeptChanges {
  private static final String FIND =
      """
      SELECT asked.ord, kept.*
      FROM unnest(?::text[], ?::uuid[], ?::bigint[])
           WITH ORDINALITY AS asked (tenant_id, job_id, row_no, ord)
      CROSS JOIN LATERAL (
          SELECT c.operation, c.account_id, c.submission, c.stamp_row, c.before, c.after,
                 c.undone, c.reverted
          FROM change c
          WHERE c.tenant_id = asked.tenant_id AND c.job_id = asked.job_id
            AND c.row_no = asked.row_no AND c.kind = 'C' AND c.code IS NULL
          OFFSET 0) AS kept
      """;

  private static final String BEHIND_STAMPS =
      """
      SELECT asked.ord, kept.*
      FROM unnest(?::text[], ?::bigint[], ?::bigint[])
           WITH ORDINALITY AS asked (tenant_id, submission, row_no, ord)
      JOIN submission s ON s.tenant_id = asked.tenant_id AND s.number = asked.submission
      CROSS JOIN LATERAL (
          SELECT c.operation, c.account_id, c.submission, c.stamp_row, c.before, c.after,
                 c.undone, c.reverted
          FROM change c
          WHERE c.tenant_id = asked.tenant_id AND c.job_id = s.job_id
            AND c.row_no = asked.row_no AND c.kind = 'C' AND c.code IS NULL
            AND (c.undone OR c.after -> 'reverts' IS NOT NULL)
          OFFSET 0) AS kept
      """;

  private static final String MARK_UNDONE =
      """
      UPDATE change c SET undone = true
      FROM unnest(?::text[], ?::uuid[], ?::bigint[]) AS done (tenant_id, job_id, row_no)
      WHERE c.tenant_id = done.tenant_id AND c.job_id = done.job_id AND c.row_no = done.row_no
        AND c.kind = 'C'
      """;

  private static final String MARK_REVERTED =
      """
      UPDATE change c SET reverted = done.reverted
      FROM unnest(?::text[], ?::uuid[], ?::bigint[], ?::boolean[])
           AS done (tenant_id, job_id, row_no, reverted)
      WHERE c.tenant_id = done.tenant_id AND c.job_id = done.job_id AND c.row_no = done.row_no
        AND c.kind = 'C'
      """;

  private final ReadingImages images = new ReadingImages();

  /** Where an image came from: the intention that left it. */
  public record Origin(String tenant, Stamp stamp) {}

  /**
   * @param counts false when it was taken back, true when that was itself undone
   */
  public record Mark(String tenant, CommandId change, boolean counts) {}

  /**
   * @param which the command whose change is meant
   * @return by command, compared by identity; left out where nothing was changed
   */
  public Map<UserCommand, KeptChange> find(
      Connection connection, List<UserCommand> commands, Function<UserCommand, CommandId> which)
      throws SQLException {
    Map<UserCommand, KeptChange> found = new IdentityHashMap<>();
    if (commands.isEmpty()) {
      return found;
    }
    try (PreparedStatement statement = connection.prepareStatement(FIND)) {
      new ColumnArrays<>(statement, commands, 1)
          .add("text", UserCommand::tenant)
          .add("uuid", c -> which.apply(c).jobId())
          .add("bigint", c -> which.apply(c).row());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.put(commands.get(rows.getInt(1) - 1), read(rows));
        }
      }
    }
    return found;
  }

  /**
   * @return those of the changes behind the stamps that were undone, or took something back; the
   *     others are left out
   */
  Map<Origin, KeptChange> behind(Connection connection, List<Origin> origins) throws SQLException {
    Map<Origin, KeptChange> found = new HashMap<>();
    if (origins.isEmpty()) {
      return found;
    }
    try (PreparedStatement statement = connection.prepareStatement(BEHIND_STAMPS)) {
      new ColumnArrays<>(statement, origins, 1)
          .add("text", Origin::tenant)
          .add("bigint", o -> o.stamp().submission())
          .add("bigint", o -> o.stamp().row());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.put(origins.get(rows.getInt(1) - 1), read(rows));
        }
      }
    }
    return found;
  }

  /** From now on whoever would restore what they left goes on to what they found. */
  public void markUndone(Connection connection, List<UserCommand> undos) throws SQLException {
    if (undos.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(MARK_UNDONE)) {
      new ColumnArrays<>(statement, undos, 1)
          .add("text", UserCommand::tenant)
          .add("uuid", u -> u.undoes().jobId())
          .add("bigint", u -> u.undoes().row());
      statement.executeUpdate();
    }
  }

  /** From now on another undo finds nothing to take back, or something again. */
  public void markReverted(Connection connection, List<Mark> marks) throws SQLException {
    if (marks.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(MARK_REVERTED)) {
      new ColumnArrays<>(statement, marks, 1)
          .add("text", Mark::tenant)
          .add("uuid", m -> m.change().jobId())
          .add("bigint", m -> m.change().row())
          .add("boolean", m -> !m.counts());
      statement.executeUpdate();
    }
  }

  /**
   * What is left of an account that a row made, when the row was refused elsewhere but somebody
   * newer wants the account: nobody can sign in.
   */
  private static KeptImage unused(Stamp stamp) {
    return new KeptImage(new SignIn("DISABLED", stamp, null, "NONE", null, false, stamp), null);
  }

  private KeptChange read(ResultSet row) throws SQLException {
    ReadingImages.After after = images.after(row.getString(7));
    Operation operation = Operation.valueOf(row.getString(2));
    Stamp stamp = new Stamp(row.getLong(4), row.getLong(5));
    KeptImage before = images.image(row.getString(6));
    return new KeptChange(
        operation,
        row.getObject(3, UUID.class),
        stamp,
        operation == Operation.ADD && before.signIn() == null ? unused(stamp) : before,
        after.image(),
        row.getBoolean(8),
        row.getBoolean(9),
        after.reverts(),
        after.from());
  }
}

package io.muster.user.provisioning.undoing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.chassis.setwise.ColumnArrays;
import io.muster.contracts.command.CommandId;
import io.muster.contracts.command.Operation;
import io.muster.contracts.command.Stamp;
import io.muster.contracts.command.UserCommand;
import io.muster.user.provisioning.enabling.SignIn;
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

/** Reads the images that changes left, and marks changes as undone. */
@ApplicationScoped
class KeptChanges {
  private static final String FIND =
      """
      SELECT asked.ord, kept.*
      FROM unnest(?::text[], ?::uuid[], ?::bigint[])
           WITH ORDINALITY AS asked (tenant_id, job_id, row_no, ord)
      CROSS JOIN LATERAL (
          SELECT c.operation, c.account_id, c.submission, c.stamp_row, c.before, c.undone
          FROM change c
          WHERE c.tenant_id = asked.tenant_id AND c.job_id = asked.job_id
            AND c.row_no = asked.row_no AND c.kind = 'C' AND c.code IS NULL
          OFFSET 0) AS kept
      """;

  private static final String UNDONE_BEHIND_STAMPS =
      """
      SELECT asked.ord, kept.before
      FROM unnest(?::text[], ?::bigint[], ?::bigint[])
           WITH ORDINALITY AS asked (tenant_id, submission, row_no, ord)
      JOIN submission s ON s.tenant_id = asked.tenant_id AND s.number = asked.submission
      CROSS JOIN LATERAL (
          SELECT c.before
          FROM change c
          WHERE c.tenant_id = asked.tenant_id AND c.job_id = s.job_id
            AND c.row_no = asked.row_no AND c.kind = 'C' AND c.undone
          OFFSET 0) AS kept
      """;

  private static final String MARK =
      """
      UPDATE change c SET undone = true
      FROM unnest(?::text[], ?::uuid[], ?::bigint[]) AS done (tenant_id, job_id, row_no)
      WHERE c.tenant_id = done.tenant_id AND c.job_id = done.job_id AND c.row_no = done.row_no
        AND c.kind = 'C'
      """;

  private final ObjectMapper json = new ObjectMapper();

  /** Where an image came from: the intention that left it. */
  record Origin(String tenant, Stamp stamp) {}

  /**
   * @param undos each with the command that it undoes
   * @return by undo, compared by identity; left out where nothing was changed
   */
  Map<UserCommand, KeptChange> undoneBy(Connection connection, List<UserCommand> undos)
      throws SQLException {
    Map<UserCommand, KeptChange> found = new IdentityHashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(FIND)) {
      names(statement, undos);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          Operation operation = Operation.valueOf(rows.getString(2));
          found.put(
              undos.get(rows.getInt(1) - 1),
              new KeptChange(
                  operation,
                  rows.getObject(3, UUID.class),
                  new Stamp(rows.getLong(4), rows.getLong(5)),
                  operation == Operation.ENABLE ? image(rows.getString(6)) : null,
                  rows.getBoolean(7)));
        }
      }
    }
    return found;
  }

  /**
   * @return what those of the origins found that were undone themselves; the others are left out
   */
  Map<Origin, SignIn> beforeUndone(Connection connection, List<Origin> origins)
      throws SQLException {
    Map<Origin, SignIn> before = new HashMap<>();
    if (origins.isEmpty()) {
      return before;
    }
    try (PreparedStatement statement = connection.prepareStatement(UNDONE_BEHIND_STAMPS)) {
      new ColumnArrays<>(statement, origins, 1)
          .add("text", Origin::tenant)
          .add("bigint", o -> o.stamp().submission())
          .add("bigint", o -> o.stamp().row());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          before.put(origins.get(rows.getInt(1) - 1), image(rows.getString(2)));
        }
      }
    }
    return before;
  }

  /** From now on whoever would restore what they left goes on to what they found. */
  void mark(Connection connection, List<UserCommand> undos) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(MARK)) {
      names(statement, undos);
      statement.executeUpdate();
    }
  }

  private static void names(PreparedStatement statement, List<UserCommand> undos)
      throws SQLException {
    new ColumnArrays<>(statement, undos, 1)
        .add("text", UserCommand::tenant)
        .add("uuid", u -> undoes(u).jobId())
        .add("bigint", u -> undoes(u).row());
  }

  private static CommandId undoes(UserCommand undo) {
    return undo.undoes();
  }

  private SignIn image(String text) {
    try {
      return json.readValue(text, SignIn.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an image of an account can't be read");
    }
  }
}

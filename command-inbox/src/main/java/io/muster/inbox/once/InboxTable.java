package io.muster.inbox.once;

import io.muster.chassis.setwise.ColumnArrays;
import io.muster.contracts.result.PartOutcome;
import io.muster.contracts.result.RowCode;
import io.muster.inbox.Happening;
import io.muster.inbox.Outcome;
import io.muster.inbox.batch.InboxKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The table {@code command_inbox}: one statement to look a batch up, one to store it. */
final class InboxTable {
  /**
   * One index look-up per command, whatever the statistics say of a table that was empty a second
   * ago: OFFSET 0 keeps the planner from turning the look-ups into a join with a whole partition.
   */
  private static final String FIND =
      """
      SELECT asked.ord, seen.kind, seen.outcome, seen.code, seen.detail, seen.happened
      FROM unnest(?::text[], ?::uuid[], ?::bigint[])
           WITH ORDINALITY AS asked (tenant_id, job_id, row_no, ord)
      CROSS JOIN LATERAL (
          SELECT i.kind, i.outcome, i.code, i.detail, i.happened
          FROM command_inbox i
          WHERE i.tenant_id = asked.tenant_id AND i.job_id = asked.job_id
            AND i.row_no = asked.row_no
          OFFSET 0) AS seen
      """;

  private static final String STORE =
      """
      INSERT INTO command_inbox
          (tenant_id, job_id, row_no, kind, outcome, code, detail, happened)
      SELECT done.tenant_id, done.job_id, done.row_no, done.kind::"char", done.outcome::"char",
             done.code, done.detail, done.happened
      FROM unnest(?::text[], ?::uuid[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[],
                  ?::text[])
           AS done (tenant_id, job_id, row_no, kind, outcome, code, detail, happened)
      """;

  private InboxTable() {}

  /**
   * @param keys of a batch, in any order; each is looked up with its command and its undo
   * @return what is there under those rows, both kinds
   */
  static Map<InboxKey, Outcome> find(Connection connection, List<InboxKey> keys)
      throws SQLException {
    Map<InboxKey, Outcome> seen = new HashMap<>();
    if (keys.isEmpty()) {
      return seen;
    }
    try (PreparedStatement statement = connection.prepareStatement(FIND)) {
      names(statement, keys);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          InboxKey asked = keys.get(rows.getInt(1) - 1);
          InboxKey found =
              new InboxKey(
                  asked.tenant(), asked.jobId(), asked.row(), InboxKey.Kind.of(rows.getString(2)));
          String code = rows.getString(4);
          seen.put(
              found,
              new Outcome(
                  outcome(rows.getString(3)),
                  code == null ? null : RowCode.valueOf(code),
                  rows.getString(5),
                  Happening.read(rows.getString(6))));
        }
      }
    }
    return seen;
  }

  /**
   * @throws SQLException 23505 when another consumer stored one of them first: the batch comes
   *     again and finds it
   */
  static void store(Connection connection, Map<InboxKey, Outcome> done) throws SQLException {
    if (done.isEmpty()) {
      return;
    }
    List<InboxKey> keys = done.keySet().stream().sorted(InboxKey.ORDER).toList();
    try (PreparedStatement statement = connection.prepareStatement(STORE)) {
      names(statement, keys)
          .add("text", key -> key.kind().letter())
          .add("text", key -> letter(done.get(key).part()))
          .add("text", key -> code(done.get(key)))
          .add("text", key -> done.get(key).detail())
          .add("text", key -> Happening.text(done.get(key).happened()));
      statement.executeUpdate();
    }
  }

  private static ColumnArrays<InboxKey> names(PreparedStatement statement, List<InboxKey> keys)
      throws SQLException {
    return new ColumnArrays<>(statement, keys, 1)
        .add("text", InboxKey::tenant)
        .add("uuid", InboxKey::jobId)
        .add("bigint", InboxKey::row);
  }

  private static String code(Outcome outcome) {
    return outcome.code() == null ? null : outcome.code().name();
  }

  private static String letter(PartOutcome outcome) {
    return outcome.name().substring(0, 1);
  }

  private static PartOutcome outcome(String letter) {
    return switch (letter) {
      case "A" -> PartOutcome.APPLIED;
      case "R" -> PartOutcome.REJECTED;
      case "S" -> PartOutcome.SKIPPED;
      case "U" -> PartOutcome.UNDONE;
      default -> throw new IllegalStateException("no such outcome letter in command_inbox");
    };
  }
}

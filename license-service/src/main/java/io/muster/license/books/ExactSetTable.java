package io.muster.license.books;

import io.muster.chassis.setwise.ColumnArrays;
import io.muster.contracts.command.Stamp;
import io.muster.license.seat.ExactSet;
import io.muster.license.seat.User;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The table {@code exact_set}: one statement each to read, write and delete a batch's. */
public final class ExactSetTable {
  /** One index look-up per user, whatever the statistics say: see OFFSET 0 in InboxTable. */
  private static final String LOAD =
      """
      SELECT asked.ord, kept.submission, kept.stamp_row, kept.job_id
      FROM unnest(?::text[], ?::text[]) WITH ORDINALITY AS asked (tenant_id, upn_key, ord)
      CROSS JOIN LATERAL (
          SELECT e.submission, e.stamp_row, e.job_id FROM exact_set e
          WHERE e.tenant_id = asked.tenant_id AND e.upn_key = asked.upn_key
          OFFSET 0) AS kept
      """;

  private static final String WRITE =
      """
      INSERT INTO exact_set (tenant_id, upn_key, submission, stamp_row, job_id)
      SELECT * FROM unnest(?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::uuid[])
      ON CONFLICT (tenant_id, upn_key) DO UPDATE SET
          submission = excluded.submission,
          stamp_row = excluded.stamp_row,
          job_id = excluded.job_id
      """;

  private static final String DELETE =
      """
      DELETE FROM exact_set e
      USING unnest(?::text[], ?::text[]) AS d (tenant_id, upn_key)
      WHERE e.tenant_id = d.tenant_id AND e.upn_key = d.upn_key
      """;

  private static final Comparator<User> ORDER =
      Comparator.comparing(User::tenant).thenComparing(User::upnKey);

  private ExactSetTable() {}

  /**
   * @return of those of the users that have one
   */
  public static Map<User, ExactSet> load(Connection connection, Collection<User> of)
      throws SQLException {
    Map<User, ExactSet> found = new HashMap<>();
    List<User> users = List.copyOf(of);
    try (PreparedStatement statement = connection.prepareStatement(LOAD)) {
      new ColumnArrays<>(statement, users, 1).add("text", User::tenant).add("text", User::upnKey);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.put(
              users.get(rows.getInt(1) - 1),
              new ExactSet(
                  new Stamp(rows.getLong(2), rows.getLong(3)), rows.getObject(4, UUID.class)));
        }
      }
    }
    return found;
  }

  /**
   * Writes and deletes what was changed.
   *
   * @param changed by user; null for one that counts no longer
   */
  static void store(Connection connection, Map<User, ExactSet> changed) throws SQLException {
    List<User> gone =
        changed.keySet().stream().filter(u -> changed.get(u) == null).sorted(ORDER).toList();
    if (!gone.isEmpty()) {
      try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
        new ColumnArrays<>(statement, gone, 1).add("text", User::tenant).add("text", User::upnKey);
        statement.executeUpdate();
      }
    }
    List<User> kept =
        changed.keySet().stream().filter(u -> changed.get(u) != null).sorted(ORDER).toList();
    if (!kept.isEmpty()) {
      try (PreparedStatement statement = connection.prepareStatement(WRITE)) {
        new ColumnArrays<>(statement, kept, 1)
            .add("text", User::tenant)
            .add("text", User::upnKey)
            .add("bigint", u -> changed.get(u).stamp().submission())
            .add("bigint", u -> changed.get(u).stamp().row())
            .add("uuid", u -> changed.get(u).jobId());
        statement.executeUpdate();
      }
    }
  }
}

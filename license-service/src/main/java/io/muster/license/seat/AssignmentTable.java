package io.muster.license.seat;

import io.muster.chassis.setwise.ColumnArrays;
import io.muster.contracts.command.Stamp;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The table {@code license_assignment}: one statement each to read, write and delete a batch's. */
final class AssignmentTable {
  /** One index look-up per user, whatever the statistics say: see OFFSET 0 in InboxTable. */
  private static final String LOAD =
      """
      SELECT asked.ord, held.sku, held.user_principal_name, held.submission, held.stamp_row,
             held.earlier_claims, held.oldest_is_permanent
      FROM unnest(?::text[], ?::text[]) WITH ORDINALITY AS asked (tenant_id, upn_key, ord)
      CROSS JOIN LATERAL (
          SELECT a.sku, a.user_principal_name, a.submission, a.stamp_row, a.earlier_claims,
                 a.oldest_is_permanent
          FROM license_assignment a
          WHERE a.tenant_id = asked.tenant_id AND a.upn_key = asked.upn_key
          OFFSET 0) AS held
      """;

  /** A kept seat keeps its time: no other row can hold -infinity. */
  private static final String WRITE =
      """
      INSERT INTO license_assignment (tenant_id, upn_key, sku, user_principal_name,
          submission, stamp_row, earlier_claims, oldest_is_permanent, assigned_at)
      SELECT n.tenant_id, n.upn_key, n.sku, n.user_principal_name,
          n.submission, n.stamp_row, n.earlier_claims::bigint[], n.oldest_is_permanent,
          CASE WHEN n.kept THEN '-infinity' ELSE now.at END
      FROM (SELECT ?::timestamptz AS at) AS now,
           unnest(?::text[], ?::text[], ?::text[], ?::text[],
                  ?::bigint[], ?::bigint[], ?::text[], ?::boolean[], ?::boolean[])
           AS n (tenant_id, upn_key, sku, user_principal_name,
                 submission, stamp_row, earlier_claims, oldest_is_permanent, kept)
      ON CONFLICT (tenant_id, upn_key, sku) DO UPDATE SET
          user_principal_name = excluded.user_principal_name,
          submission = excluded.submission,
          stamp_row = excluded.stamp_row,
          earlier_claims = excluded.earlier_claims,
          oldest_is_permanent = excluded.oldest_is_permanent,
          assigned_at = CASE WHEN excluded.assigned_at = '-infinity'
                             THEN license_assignment.assigned_at ELSE excluded.assigned_at END
      """;

  private static final String DELETE =
      """
      DELETE FROM license_assignment a
      USING unnest(?::text[], ?::text[], ?::text[]) AS d (tenant_id, upn_key, sku)
      WHERE a.tenant_id = d.tenant_id AND a.upn_key = d.upn_key AND a.sku = d.sku
      """;

  private static final Comparator<Seat> ORDER =
      Comparator.comparing((Seat seat) -> seat.user().tenant())
          .thenComparing(seat -> seat.user().upnKey())
          .thenComparing(Seat::sku);

  private AssignmentTable() {}

  /**
   * @return all that these users hold
   */
  static List<Seat> load(Connection connection, Collection<User> holders) throws SQLException {
    List<Seat> seats = new ArrayList<>();
    List<User> users = List.copyOf(holders);
    try (PreparedStatement statement = connection.prepareStatement(LOAD)) {
      new ColumnArrays<>(statement, users, 1).add("text", User::tenant).add("text", User::upnKey);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          User user = users.get(rows.getInt(1) - 1);
          seats.add(Seat.stored(user, rows.getString(2), rows.getString(3), claims(rows)));
        }
      }
    }
    return seats;
  }

  private static Claims claims(ResultSet rows) throws SQLException {
    List<Stamp> oldestFirst = new ArrayList<>();
    Array earlier = rows.getArray(6);
    if (earlier != null) {
      Long[] pairs = (Long[]) earlier.getArray();
      for (int i = 0; i < pairs.length; i += 2) {
        oldestFirst.add(new Stamp(pairs[i], pairs[i + 1]));
      }
    }
    oldestFirst.add(new Stamp(rows.getLong(4), rows.getLong(5)));
    return new Claims(oldestFirst, rows.getBoolean(7));
  }

  static void store(Connection connection, List<Seat> seats, Instant now) throws SQLException {
    delete(connection, seats.stream().filter(Seat::isToBeDeleted).sorted(ORDER).toList());
    write(connection, seats.stream().filter(Seat::isToBeWritten).sorted(ORDER).toList(), now);
  }

  private static void delete(Connection connection, List<Seat> given) throws SQLException {
    if (given.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
      names(statement, given, 1);
      statement.executeUpdate();
    }
  }

  private static void write(Connection connection, List<Seat> held, Instant now)
      throws SQLException {
    if (held.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(WRITE)) {
      statement.setObject(1, OffsetDateTime.ofInstant(now, ZoneOffset.UTC));
      names(statement, held, 2)
          .add("text", Seat::userPrincipalName)
          .add("bigint", seat -> seat.claims().newest().submission())
          .add("bigint", seat -> seat.claims().newest().row())
          .add("text", seat -> pairs(seat.claims().earlier()))
          .add("boolean", seat -> seat.claims().oldestIsPermanent())
          .add("boolean", Seat::isKept);
      statement.executeUpdate();
    }
  }

  private static ColumnArrays<Seat> names(PreparedStatement statement, List<Seat> seats, int first)
      throws SQLException {
    return new ColumnArrays<>(statement, seats, first)
        .add("text", seat -> seat.user().tenant())
        .add("text", seat -> seat.user().upnKey())
        .add("text", Seat::sku);
  }

  /** As an array's text: unnest would take a second dimension apart. */
  private static String pairs(List<Stamp> stamps) {
    return stamps.isEmpty()
        ? null
        : stamps.stream()
            .map(stamp -> stamp.submission() + "," + stamp.row())
            .collect(Collectors.joining(",", "{", "}"));
  }
}

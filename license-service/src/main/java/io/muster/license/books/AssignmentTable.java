package io.muster.license.books;

import io.muster.chassis.setwise.ColumnArrays;
import io.muster.chassis.setwise.Unopposed;
import io.muster.license.seat.Seat;
import io.muster.license.seat.User;
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

/** The table {@code license_assignment}: one statement each to read, write and delete a batch's. */
public final class AssignmentTable {
  /** One index look-up per user, whatever the statistics say: see OFFSET 0 in InboxTable. */
  private static final String LOAD =
      """
      SELECT asked.ord, held.sku, held.user_principal_name, held.submission, held.stamp_row,
             held.earlier_claims, held.oldest_is_permanent, held.newest_only_confirms
      FROM unnest(?::text[], ?::text[]) WITH ORDINALITY AS asked (tenant_id, upn_key, ord)
      CROSS JOIN LATERAL (
          SELECT a.sku, a.user_principal_name, a.submission, a.stamp_row, a.earlier_claims,
                 a.oldest_is_permanent, a.newest_only_confirms
          FROM license_assignment a
          WHERE a.tenant_id = asked.tenant_id AND a.upn_key = asked.upn_key
          OFFSET 0) AS held
      """;

  /** A kept seat keeps its time: no other row can hold -infinity. */
  private static final String WRITE =
      """
      INSERT INTO license_assignment (tenant_id, upn_key, sku, user_principal_name,
          submission, stamp_row, earlier_claims, oldest_is_permanent, newest_only_confirms,
          assigned_at)
      SELECT n.tenant_id, n.upn_key, n.sku, n.user_principal_name,
          n.submission, n.stamp_row, n.earlier_claims::bigint[], n.oldest_is_permanent,
          n.newest_only_confirms,
          CASE WHEN n.kept THEN '-infinity' ELSE now.at END
      FROM (SELECT ?::timestamptz AS at) AS now,
           unnest(?::text[], ?::text[], ?::text[], ?::text[],
                  ?::bigint[], ?::bigint[], ?::text[], ?::boolean[], ?::boolean[], ?::boolean[])
           AS n (tenant_id, upn_key, sku, user_principal_name,
                 submission, stamp_row, earlier_claims, oldest_is_permanent, newest_only_confirms,
                 kept)
      """;

  private static final String WRITE_OVER =
      WRITE
          + """
            ON CONFLICT (tenant_id, upn_key, sku) DO UPDATE SET
                user_principal_name = excluded.user_principal_name,
                submission = excluded.submission,
                stamp_row = excluded.stamp_row,
                earlier_claims = excluded.earlier_claims,
                oldest_is_permanent = excluded.oldest_is_permanent,
                newest_only_confirms = excluded.newest_only_confirms,
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

  private static final Unopposed UNOPPOSED = new Unopposed();

  private AssignmentTable() {}

  /**
   * @return all that these users hold
   */
  public static List<Seat> load(Connection connection, Collection<User> holders)
      throws SQLException {
    List<Seat> seats = new ArrayList<>();
    List<User> users = List.copyOf(holders);
    try (PreparedStatement statement = connection.prepareStatement(LOAD)) {
      new ColumnArrays<>(statement, users, 1).add("text", User::tenant).add("text", User::upnKey);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          User user = users.get(rows.getInt(1) - 1);
          seats.add(
              Seat.stored(user, rows.getString(2), rows.getString(3), ClaimColumns.read(rows, 4)));
        }
      }
    }
    return seats;
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
    List<Seat> known = new ArrayList<>();
    List<Seat> unknown = new ArrayList<>();
    held.forEach(seat -> (seat.isKnown() ? known : unknown).add(seat));
    if (!UNOPPOSED.wrote(
        connection, unknown.size(), () -> write(connection, WRITE, unknown, now))) {
      write(connection, WRITE_OVER, unknown, now);
      UNOPPOSED.looked(false);
    }
    write(connection, WRITE_OVER, known, now);
  }

  private static void write(Connection connection, String insert, List<Seat> held, Instant now)
      throws SQLException {
    if (held.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(insert)) {
      statement.setObject(1, OffsetDateTime.ofInstant(now, ZoneOffset.UTC));
      ClaimColumns.add(names(statement, held, 2).add("text", Seat::userPrincipalName), Seat::claims)
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
}

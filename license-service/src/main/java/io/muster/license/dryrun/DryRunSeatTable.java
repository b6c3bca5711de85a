package io.muster.license.dryrun;

import io.muster.chassis.setwise.ColumnArrays;
import io.muster.license.books.ClaimColumns;
import io.muster.license.seat.Seat;
import io.muster.license.seat.User;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The table {@code dry_run_seat}: the seats that a dry run's rows would have changed, as they would
 * stand now; without a stamp, given back.
 */
final class DryRunSeatTable {
  /** One index look-up per user, whatever the statistics say: see OFFSET 0 in InboxTable. */
  private static final String LOAD =
      """
      SELECT asked.ord, kept.sku, kept.user_principal_name, kept.submission, kept.stamp_row,
             kept.earlier_claims, kept.oldest_is_permanent, kept.newest_only_confirms
      FROM unnest(?::text[]) WITH ORDINALITY AS asked (upn_key, ord)
      CROSS JOIN LATERAL (
          SELECT d.* FROM dry_run_seat d
          WHERE d.tenant_id = ? AND d.job_id = ? AND d.upn_key = asked.upn_key
          OFFSET 0) AS kept
      """;

  private static final String STORE =
      """
      INSERT INTO dry_run_seat (tenant_id, job_id, upn_key, sku, user_principal_name,
          submission, stamp_row, earlier_claims, oldest_is_permanent, newest_only_confirms)
      SELECT ?, ?, n.upn_key, n.sku, n.user_principal_name,
          n.submission, n.stamp_row, n.earlier_claims::bigint[], n.oldest_is_permanent,
          n.newest_only_confirms
      FROM unnest(?::text[], ?::text[], ?::text[],
                  ?::bigint[], ?::bigint[], ?::text[], ?::boolean[], ?::boolean[])
           AS n (upn_key, sku, user_principal_name,
                 submission, stamp_row, earlier_claims, oldest_is_permanent, newest_only_confirms)
      ON CONFLICT (tenant_id, job_id, upn_key, sku) DO UPDATE SET
          user_principal_name = excluded.user_principal_name,
          submission = excluded.submission,
          stamp_row = excluded.stamp_row,
          earlier_claims = excluded.earlier_claims,
          oldest_is_permanent = excluded.oldest_is_permanent,
          newest_only_confirms = excluded.newest_only_confirms
      """;

  private DryRunSeatTable() {}

  /**
   * @param of users of the job's tenant
   */
  static List<Seat> load(Connection connection, DryRunBooks.Job job, Collection<User> of)
      throws SQLException {
    List<Seat> seats = new ArrayList<>();
    List<User> users = List.copyOf(of);
    try (PreparedStatement statement = connection.prepareStatement(LOAD)) {
      new ColumnArrays<>(statement, users, 1).add("text", User::upnKey);
      statement.setString(2, job.tenant());
      statement.setObject(3, job.id());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          seats.add(
              Seat.stored(
                  users.get(rows.getInt(1) - 1),
                  rows.getString(2),
                  rows.getString(3),
                  ClaimColumns.read(rows, 4)));
        }
      }
    }
    return seats;
  }

  static void store(Connection connection, DryRunBooks.Job job, List<Seat> seats)
      throws SQLException {
    List<Seat> changed =
        seats.stream()
            .filter(Seat::isChanged)
            .sorted(
                Comparator.comparing((Seat seat) -> seat.user().upnKey()).thenComparing(Seat::sku))
            .toList();
    if (changed.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(STORE)) {
      statement.setString(1, job.tenant());
      statement.setObject(2, job.id());
      ClaimColumns.add(
          new ColumnArrays<>(statement, changed, 3)
              .add("text", seat -> seat.user().upnKey())
              .add("text", Seat::sku)
              .add("text", Seat::userPrincipalName),
          Seat::claims);
      statement.executeUpdate();
    }
  }
}

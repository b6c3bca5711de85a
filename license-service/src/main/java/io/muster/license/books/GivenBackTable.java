package io.muster.license.books;

import io.muster.chassis.setwise.ColumnArrays;
import io.muster.contracts.command.CommandId;
import io.muster.contracts.command.Stamp;
import io.muster.license.seat.GivenBack;
import io.muster.license.seat.User;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * The table {@code given_back}: one statement each to read, write and delete a batch's. Its key
 * begins with the user, which every look-up knows; what a dry run gives back stands under that job,
 * and nobody else sees it.
 */
public final class GivenBackTable {
  /** One index look-up per user, whatever the statistics say: see OFFSET 0 in InboxTable. */
  private static final String LOAD =
      """
      SELECT asked.ord, kept.job_id, kept.row_no, kept.sku, kept.by_submission, kept.by_row,
             kept.account_id, kept.by_exact_set, kept.submission, kept.stamp_row,
             kept.earlier_claims, kept.oldest_is_permanent, false
      FROM unnest(?::text[], ?::text[]) WITH ORDINALITY AS asked (tenant_id, upn_key, ord)
      CROSS JOIN LATERAL (
          SELECT g.* FROM given_back g
          WHERE g.tenant_id = asked.tenant_id AND g.upn_key = asked.upn_key
            AND (NOT g.dry_run OR g.job_id = ?)
          OFFSET 0) AS kept
      """;

  private static final String WRITE =
      """
      INSERT INTO given_back (tenant_id, upn_key, job_id, row_no, sku, by_submission, by_row,
          account_id, by_exact_set, dry_run,
          submission, stamp_row, earlier_claims, oldest_is_permanent)
      SELECT n.tenant_id, n.upn_key, n.job_id, n.row_no, n.sku, n.by_submission, n.by_row,
          n.account_id, n.by_exact_set, ?,
          n.submission, n.stamp_row, n.earlier_claims::bigint[], n.oldest_is_permanent
      FROM unnest(?::text[], ?::text[], ?::uuid[], ?::bigint[], ?::text[], ?::bigint[], ?::bigint[],
                  ?::uuid[], ?::boolean[],
                  ?::bigint[], ?::bigint[], ?::text[], ?::boolean[], ?::boolean[])
           AS n (tenant_id, upn_key, job_id, row_no, sku, by_submission, by_row,
                 account_id, by_exact_set,
                 submission, stamp_row, earlier_claims, oldest_is_permanent, newest_only_confirms)
      ON CONFLICT (tenant_id, upn_key, job_id, row_no, sku) DO UPDATE SET
          submission = excluded.submission,
          stamp_row = excluded.stamp_row,
          earlier_claims = excluded.earlier_claims,
          oldest_is_permanent = excluded.oldest_is_permanent
      """;

  private static final String DELETE =
      """
      DELETE FROM given_back g
      USING unnest(?::text[], ?::text[], ?::uuid[], ?::bigint[], ?::text[])
            AS d (tenant_id, upn_key, job_id, row_no, sku)
      WHERE g.tenant_id = d.tenant_id AND g.upn_key = d.upn_key AND g.job_id = d.job_id
        AND g.row_no = d.row_no AND g.sku = d.sku
      """;

  private static final Comparator<GivenBack> ORDER =
      Comparator.comparing((GivenBack given) -> given.user().tenant())
          .thenComparing(given -> given.user().upnKey())
          .thenComparing(given -> given.by().id().jobId())
          .thenComparingLong(given -> given.by().id().row())
          .thenComparing(GivenBack::sku);

  private GivenBackTable() {}

  /**
   * @param dryRun the dry run that this is for; null for what is real
   * @return all that these users gave back and that wasn't brought back since
   */
  public static List<GivenBack> load(Connection connection, Collection<User> of, UUID dryRun)
      throws SQLException {
    List<GivenBack> found = new ArrayList<>();
    List<User> users = List.copyOf(of);
    if (users.isEmpty()) {
      return found;
    }
    try (PreparedStatement statement = connection.prepareStatement(LOAD)) {
      new ColumnArrays<>(statement, users, 1).add("text", User::tenant).add("text", User::upnKey);
      statement.setObject(3, dryRun, Types.OTHER);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          GivenBack.By by =
              new GivenBack.By(
                  new CommandId(rows.getObject(2, UUID.class), rows.getLong(3)),
                  new Stamp(rows.getLong(5), rows.getLong(6)),
                  rows.getObject(7, UUID.class),
                  rows.getBoolean(8));
          found.add(
              GivenBack.stored(
                  users.get(rows.getInt(1) - 1),
                  rows.getString(4),
                  by,
                  ClaimColumns.read(rows, 9)));
        }
      }
    }
    return found;
  }

  /**
   * Writes and deletes what was changed.
   *
   * @param dryRun whether it was given back in a dry run only
   */
  public static void store(Connection connection, List<GivenBack> givenBack, boolean dryRun)
      throws SQLException {
    delete(connection, givenBack.stream().filter(GivenBack::isToBeDeleted).sorted(ORDER).toList());
    write(
        connection,
        givenBack.stream().filter(GivenBack::isToBeWritten).sorted(ORDER).toList(),
        dryRun);
  }

  private static void delete(Connection connection, List<GivenBack> gone) throws SQLException {
    if (gone.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
      names(statement, gone, 1);
      statement.executeUpdate();
    }
  }

  private static void write(Connection connection, List<GivenBack> kept, boolean dryRun)
      throws SQLException {
    if (kept.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(WRITE)) {
      statement.setBoolean(1, dryRun);
      ClaimColumns.add(
          names(statement, kept, 2)
              .add("bigint", given -> given.by().stamp().submission())
              .add("bigint", given -> given.by().stamp().row())
              .add("uuid", given -> given.by().account())
              .add("boolean", given -> given.by().isExactSet()),
          GivenBack::claims);
      statement.executeUpdate();
    }
  }

  private static ColumnArrays<GivenBack> names(
      PreparedStatement statement, List<GivenBack> givenBack, int first) throws SQLException {
    return new ColumnArrays<>(statement, givenBack, first)
        .add("text", given -> given.user().tenant())
        .add("text", given -> given.user().upnKey())
        .add("uuid", given -> given.by().id().jobId())
        .add("bigint", given -> given.by().id().row())
        .add("text", GivenBack::sku);
  }
}

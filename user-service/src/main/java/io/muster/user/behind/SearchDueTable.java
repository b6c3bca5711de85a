package io.muster.user.behind;

import com.github.f4b6a3.uuid.UuidCreator;
import io.muster.chassis.setwise.UuidArray;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The table {@code search_due}: accounts whose words are to be written anew. */
@ApplicationScoped
class SearchDueTable {
  private static final String NOTE =
      """
      INSERT INTO search_due (tenant_id, id, can_wait, row_count, accounts)
      VALUES (?, ?, ?, ?, ?)
      """;

  /** First what can't wait: an account is written as it is, so the order of notes says nothing. */
  private static final String TAKE =
      """
      DELETE FROM search_due d
      USING (SELECT n.id, sum(n.row_count) OVER (ORDER BY n.can_wait, n.id) - n.row_count AS before
             FROM (SELECT id, can_wait, row_count FROM search_due
                   WHERE tenant_id = ? AND (? OR NOT can_wait)
                   ORDER BY can_wait, id LIMIT 1000) AS n) AS oldest
      WHERE d.tenant_id = ? AND d.id = oldest.id AND oldest.before < ?
      RETURNING d.accounts
      """;

  /** Does nothing for no accounts. */
  void note(Connection connection, String tenant, Collection<UUID> accounts, boolean canWait)
      throws SQLException {
    if (accounts.isEmpty()) {
      return;
    }
    try (PreparedStatement note = connection.prepareStatement(NOTE)) {
      note.setString(1, tenant);
      note.setObject(2, UuidCreator.getTimeOrderedEpochPlus1());
      note.setBoolean(3, canWait);
      note.setInt(4, accounts.size());
      note.setObject(5, UuidArray.of(accounts));
      note.executeUpdate();
    }
  }

  /**
   * Takes notes away.
   *
   * @param most accounts, or as many as the first note has
   * @param all also those that can wait
   */
  Set<UUID> take(Connection connection, String tenant, boolean all, int most) throws SQLException {
    Set<UUID> taken = new LinkedHashSet<>();
    try (PreparedStatement take = connection.prepareStatement(TAKE)) {
      take.setString(1, tenant);
      take.setBoolean(2, all);
      take.setString(3, tenant);
      take.setInt(4, most);
      try (ResultSet rows = take.executeQuery()) {
        while (rows.next()) {
          taken.addAll(List.of((UUID[]) rows.getArray(1).getArray()));
        }
      }
    }
    return taken;
  }
}

package io.muster.user.behind;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** The table {@code account_search}: what people look for, in the spelling of search_words(). */
@ApplicationScoped
class SearchTable {
  /** First and last name stand in the display name as a rule, and needn't be kept twice then. */
  private static final String KEEP =
      """
      INSERT INTO account_search AS s (tenant_id, account_id, upn_key, state, unit, words)
      SELECT a.tenant_id, a.id, a.upn_key, a.state, a.unit,
             search_words(concat_ws(
                 E'\\n', a.user_principal_name, a.display_name,
                 CASE WHEN strpos(a.display_name, a.first_name) > 0 THEN NULL ELSE a.first_name END,
                 CASE WHEN strpos(a.display_name, a.last_name) > 0 THEN NULL ELSE a.last_name END,
                 a.department))
      FROM unnest(?::uuid[]) AS changed (id)
      CROSS JOIN LATERAL (
          SELECT * FROM account a WHERE a.id = changed.id AND a.tenant_id = ? OFFSET 0) AS a
      ON CONFLICT (account_id, tenant_id) DO UPDATE
      SET upn_key = EXCLUDED.upn_key, state = EXCLUDED.state, unit = EXCLUDED.unit,
          words = EXCLUDED.words
      WHERE (s.upn_key, s.state, s.unit, s.words)
            IS DISTINCT FROM (EXCLUDED.upn_key, EXCLUDED.state, EXCLUDED.unit, EXCLUDED.words)
      """;

  private static final String FORGET =
      """
      DELETE FROM account_search s
      USING unnest(?::uuid[]) AS changed (id)
      WHERE s.account_id = changed.id AND s.tenant_id = ?
        AND NOT EXISTS (SELECT FROM account a WHERE a.id = changed.id AND a.tenant_id = ?)
      """;

  /** Takes over what the accounts are now, and forgets those that are gone. */
  void refresh(Connection connection, String tenant, List<UUID> accounts) throws SQLException {
    if (accounts.isEmpty()) {
      return;
    }
    Object[] ids = accounts.stream().distinct().toArray();
    try (PreparedStatement keep = connection.prepareStatement(KEEP)) {
      keep.setArray(1, connection.createArrayOf("uuid", ids));
      keep.setString(2, tenant);
      keep.executeUpdate();
    }
    try (PreparedStatement forget = connection.prepareStatement(FORGET)) {
      forget.setArray(1, connection.createArrayOf("uuid", ids));
      forget.setString(2, tenant);
      forget.setString(3, tenant);
      forget.executeUpdate();
    }
  }
}

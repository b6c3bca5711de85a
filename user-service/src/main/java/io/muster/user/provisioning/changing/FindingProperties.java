package io.muster.user.provisioning.changing;

import io.muster.chassis.setwise.ColumnArrays;
import io.muster.contracts.command.AccountProperty;
import io.muster.contracts.command.Stamp;
import io.muster.user.provisioning.signin.FindingAccounts.Key;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Looks the properties of a batch's accounts up, one index look-up each. */
public final class FindingProperties {
  /** The properties stand in the order of {@link AccountProperty}. */
  static final String FIND =
      """
      SELECT asked.ord, found.*
      FROM unnest(?::text[], ?::uuid[]) WITH ORDINALITY AS asked (tenant_id, id, ord)
      CROSS JOIN LATERAL (
          SELECT a.protected, a.properties_submission, a.properties_row,
                 a.display_name, a.first_name, a.last_name, a.job_title, a.department, a.office,
                 a.office_phone, a.mobile_phone, a.fax, a.alternate_email, a.street_address, a.city,
                 a.state_or_province, a.postal_code, a.country, a.usage_location, a.employee_id,
                 a.manager, a.unit, a.external_id
          FROM account a
          WHERE a.tenant_id = asked.tenant_id AND a.id = asked.id
          OFFSET 0) AS found
      """;

  private static final int FIRST_PROPERTY = 5;

  private FindingProperties() {}

  /**
   * @return those of them that are there, in use or removed
   */
  public static Map<Key, PropertySet> byId(Connection connection, List<Key> keys)
      throws SQLException {
    Map<Key, PropertySet> found = new HashMap<>();
    if (keys.isEmpty()) {
      return found;
    }
    try (PreparedStatement statement = connection.prepareStatement(FIND)) {
      new ColumnArrays<>(statement, keys, 1).add("text", Key::tenant).add("uuid", Key::id);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.put(keys.get(rows.getInt(1) - 1), read(rows));
        }
      }
    }
    return found;
  }

  private static PropertySet read(ResultSet row) throws SQLException {
    Map<String, String> properties = new HashMap<>();
    for (AccountProperty property : AccountProperty.values()) {
      String value = row.getString(FIRST_PROPERTY + property.ordinal());
      if (value != null) {
        properties.put(property.field(), value);
      }
    }
    return new PropertySet(
        row.getBoolean(2), properties, new Stamp(row.getLong(3), row.getLong(4)));
  }
}

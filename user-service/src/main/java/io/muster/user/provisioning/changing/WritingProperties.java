package io.muster.user.provisioning.changing;

import io.muster.chassis.setwise.ColumnArrays;
import io.muster.contracts.command.AccountProperty;
import io.muster.user.provisioning.signin.FindingAccounts.Key;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;

/** The one statement that changes properties. */
@ApplicationScoped
public class WritingProperties {
  /**
   * An account that somebody changed since it was read is left alone: its batch starts over. The
   * properties stand in the order of {@link AccountProperty}.
   */
  static final String WRITE =
      """
      UPDATE account a
      SET protected = n.protected,
          properties_submission = n.properties_submission, properties_row = n.properties_row,
          updated_at = now.at,
          (display_name, first_name, last_name, job_title, department, office, office_phone,
           mobile_phone, fax, alternate_email, street_address, city, state_or_province, postal_code,
           country, usage_location, employee_id, manager, unit, external_id) =
          ROW (n.display_name, n.first_name, n.last_name, n.job_title, n.department, n.office,
               n.office_phone, n.mobile_phone, n.fax, n.alternate_email, n.street_address, n.city,
               n.state_or_province, n.postal_code, n.country, n.usage_location, n.employee_id,
               n.manager, n.unit, n.external_id)
      FROM (SELECT ?::timestamptz AS at) AS now,
           unnest(
          ?::text[], ?::uuid[], ?::bigint[], ?::bigint[],
          ?::boolean[], ?::bigint[], ?::bigint[],
          ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
          ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
          ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[]) AS n (
          tenant_id, id, was_submission, was_row,
          protected, properties_submission, properties_row,
          display_name, first_name, last_name, job_title, department, office, office_phone,
          mobile_phone, fax, alternate_email, street_address, city, state_or_province, postal_code,
          country, usage_location, employee_id, manager, unit, external_id)
      WHERE a.tenant_id = n.tenant_id AND a.id = n.id AND a.state <> 'REMOVED'
        AND a.properties_submission = n.was_submission AND a.properties_row = n.was_row
      """;

  private final Clock clock;

  WritingProperties() {
    this.clock = Clock.systemUTC();
  }

  /**
   * @param account an account in use
   * @param before as it was read
   * @param after as it is to be
   */
  public record Change(Key account, PropertySet before, PropertySet after) {}

  /**
   * @param changes no two of one account, no two with one employee id
   * @throws SQLTransientException 40001 when an account is no longer as it was read
   */
  public void write(Connection connection, List<Change> changes) throws SQLException {
    if (changes.isEmpty()) {
      return;
    }
    List<Change> sorted =
        changes.stream()
            .sorted(
                Comparator.comparing((Change c) -> c.account().tenant())
                    .thenComparing(c -> c.account().id()))
            .toList();
    try (PreparedStatement statement = connection.prepareStatement(WRITE)) {
      statement.setObject(1, OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
      ColumnArrays<Change> columns =
          new ColumnArrays<>(statement, sorted, 2)
              .add("text", c -> c.account().tenant())
              .add("uuid", c -> c.account().id())
              .add("bigint", c -> c.before().propertiesStamp().submission())
              .add("bigint", c -> c.before().propertiesStamp().row())
              .add("boolean", c -> c.after().isProtected())
              .add("bigint", c -> c.after().propertiesStamp().submission())
              .add("bigint", c -> c.after().propertiesStamp().row());
      for (AccountProperty property : AccountProperty.values()) {
        columns.add("text", c -> c.after().properties().get(property.field()));
      }
      if (statement.executeUpdate() != sorted.size()) {
        throw new SQLTransientException("an account was changed since it was read", "40001");
      }
    }
  }
}

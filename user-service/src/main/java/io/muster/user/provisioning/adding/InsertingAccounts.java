package io.muster.user.provisioning.adding;

import io.muster.chassis.setwise.ColumnArrays;
import io.muster.chassis.setwise.Unopposed;
import io.muster.contracts.command.AccountProperty;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The one statement that makes accounts: without a look at who is there, as long as that goes well.
 */
@ApplicationScoped
class InsertingAccounts {
  /** The properties stand in the order of {@link AccountProperty}. */
  static final String INSERT =
      """
      INSERT INTO account (
          tenant_id, id, user_principal_name, upn_key, state, protected,
          credential, credential_id, must_change_password,
          display_name, first_name, last_name, job_title, department, office, office_phone,
          mobile_phone, fax, alternate_email, street_address, city, state_or_province, postal_code,
          country, usage_location, employee_id, manager, unit, external_id,
          state_submission, state_row, credential_submission, credential_row,
          properties_submission, properties_row, created_at, updated_at)
      SELECT
          a.tenant_id, a.id, a.user_principal_name, a.upn_key, a.state, a.protected,
          a.credential, a.credential_id, a.must_change_password,
          a.display_name, a.first_name, a.last_name, a.job_title, a.department, a.office,
          a.office_phone, a.mobile_phone, a.fax, a.alternate_email, a.street_address, a.city,
          a.state_or_province, a.postal_code, a.country, a.usage_location, a.employee_id,
          a.manager, a.unit, a.external_id,
          a.submission, a.stamp_row, a.submission, a.stamp_row,
          a.submission, a.stamp_row, now.at, now.at
      FROM (SELECT ?::timestamptz AS at) AS now,
           unnest(
          ?::text[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::boolean[],
          ?::text[], ?::uuid[], ?::boolean[],
          ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
          ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
          ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
          ?::bigint[], ?::bigint[]) AS a (
          tenant_id, id, user_principal_name, upn_key, state, protected,
          credential, credential_id, must_change_password,
          display_name, first_name, last_name, job_title, department, office, office_phone,
          mobile_phone, fax, alternate_email, street_address, city, state_or_province, postal_code,
          country, usage_location, employee_id, manager, unit, external_id,
          submission, stamp_row)
      """;

  private static final String INSERT_BESIDE_OTHERS =
      INSERT
          + """
            ON CONFLICT DO NOTHING
            RETURNING id
            """;

  private final Clock clock;
  private final Unopposed unopposed = new Unopposed();

  @Inject
  InsertingAccounts() {
    this(Clock.systemUTC());
  }

  InsertingAccounts(Clock clock) {
    this.clock = clock;
  }

  /**
   * @return ids of those that are in; the others met an account with their name or employee id
   */
  Set<UUID> insert(Connection connection, List<NewAccount> accounts) throws SQLException {
    if (accounts.isEmpty()) {
      return Set.of();
    }
    List<NewAccount> sorted = accounts.stream().sorted(NewAccount.ORDER).toList();
    if (unopposed.wrote(connection, sorted.size(), () -> unlooked(connection, sorted))) {
      return sorted.stream().map(NewAccount::id).collect(Collectors.toSet());
    }
    Set<UUID> in = besideOthers(connection, sorted);
    unopposed.looked(in.size() < sorted.size());
    return in;
  }

  private void unlooked(Connection connection, List<NewAccount> sorted) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      bind(statement, sorted);
      statement.executeUpdate();
    }
  }

  private Set<UUID> besideOthers(Connection connection, List<NewAccount> sorted)
      throws SQLException {
    Set<UUID> in = new HashSet<>();
    try (PreparedStatement statement = connection.prepareStatement(INSERT_BESIDE_OTHERS)) {
      bind(statement, sorted);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          in.add(rows.getObject(1, UUID.class));
        }
      }
    }
    return in;
  }

  private void bind(PreparedStatement statement, List<NewAccount> sorted) throws SQLException {
    statement.setObject(1, OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
    ColumnArrays<NewAccount> columns = new ColumnArrays<>(statement, sorted, 2);
    columns.add("text", a -> a.command().tenant());
    columns.add("uuid", NewAccount::id);
    columns.add("text", a -> a.command().userPrincipalName());
    columns.add("text", NewAccount::upnKey);
    columns.add("text", NewAccount::state);
    columns.add("boolean", NewAccount::isProtected);
    columns.add("text", NewAccount::credentialKind);
    columns.add("uuid", NewAccount::credentialId);
    columns.add("boolean", NewAccount::mustChangePassword);
    for (String[] property : byProperty(sorted)) {
      columns.addText(property);
    }
    columns.add("bigint", a -> a.command().stamp().submission());
    columns.add("bigint", a -> a.command().stamp().row());
  }

  /**
   * A column for each property, row by row: twenty walks through all the rows would each fetch them
   * from memory again.
   *
   * @return in the order of {@link AccountProperty}; null for what no account has
   */
  private static String[][] byProperty(List<NewAccount> accounts) {
    String[][] columns = new String[AccountProperty.values().length][];
    for (int row = 0; row < accounts.size(); row++) {
      for (Map.Entry<String, String> each : accounts.get(row).properties().entrySet()) {
        Optional<AccountProperty> property = AccountProperty.ofField(each.getKey());
        if (property.isPresent()) {
          int column = property.get().ordinal();
          if (columns[column] == null) {
            columns[column] = new String[accounts.size()];
          }
          columns[column][row] = each.getValue();
        }
      }
    }
    return columns;
  }
}

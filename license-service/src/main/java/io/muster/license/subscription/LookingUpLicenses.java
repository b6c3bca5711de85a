package io.muster.license.subscription;

import io.muster.chassis.setwise.ColumnArrays;
import io.muster.chassis.tenancy.TenantScope;
import io.muster.contracts.command.UserPrincipalName;
import io.muster.license.seat.Text;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/** What a page of users holds, in one statement. */
@ApplicationScoped
public class LookingUpLicenses {
  /** A seat that a user holds. */
  public record License(String sku, Instant assignedAt) {}

  /**
   * What a user holds.
   *
   * @param userPrincipalName as it was asked for
   * @param licenses by SKU
   */
  public record Holder(String userPrincipalName, List<License> licenses) {}

  /** One index look-up per user, whatever the statistics say: see OFFSET 0 in InboxTable. */
  private static final String FIND =
      """
      SELECT asked.ord, held.sku, held.assigned_at
      FROM unnest(?::text[], ?::text[]) WITH ORDINALITY AS asked (tenant_id, upn_key, ord)
      CROSS JOIN LATERAL (
          SELECT a.sku, a.assigned_at FROM license_assignment a
          WHERE a.tenant_id = asked.tenant_id AND a.upn_key = asked.upn_key
          OFFSET 0) AS held
      ORDER BY asked.ord, held.sku
      """;

  private final DataSource dataSource;
  private final TenantScope tenants;

  LookingUpLicenses(DataSource dataSource, TenantScope tenants) {
    this.dataSource = dataSource;
    this.tenants = tenants;
  }

  /**
   * @param names user principal names, as written by anybody
   * @return one for each name, in the same order
   */
  @Transactional
  List<Holder> lookUp(String tenant, List<String> names) {
    tenants.enter(tenant);
    List<List<License>> licenses =
        IntStream.range(0, names.size()).<List<License>>mapToObj(i -> new ArrayList<>()).toList();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(FIND)) {
      new ColumnArrays<>(statement, names, 1)
          .add("text", name -> tenant)
          .add("text", name -> Text.isStorable(name) ? UserPrincipalName.keyOf(name) : null);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          OffsetDateTime assignedAt = rows.getObject(3, OffsetDateTime.class);
          licenses
              .get(rows.getInt(1) - 1)
              .add(new License(rows.getString(2), assignedAt.toInstant()));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("can't look licenses up", e);
    }
    return IntStream.range(0, names.size())
        .mapToObj(i -> new Holder(names.get(i), licenses.get(i)))
        .toList();
  }
}

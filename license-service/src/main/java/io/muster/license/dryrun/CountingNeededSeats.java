package io.muster.license.dryrun;

import io.muster.chassis.tenancy.TenantScope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** Adds up what a dry run found: "this file needs 412 E3, 380 are free". */
@ApplicationScoped
public class CountingNeededSeats {
  /**
   * A subscription that the file takes seats of.
   *
   * @param needed seats that its rows would take anew, those refused for want of seats included;
   *     rows whose user holds the seat already or that user-service refuses are left out
   * @param free seats that were free when the dry run began; below 0 never
   */
  public record Needed(String sku, long needed, int free) {}

  /** A refused row's undo stands in the inbox, also where there was nothing to undo. */
  private static final String COUNT =
      """
      SELECT needed.sku, needed.seats, p.free_before
      FROM (SELECT n.sku, count(*) AS seats
            FROM dry_run_need n
            WHERE n.tenant_id = ? AND n.job_id = ?
              AND NOT EXISTS (
                  SELECT FROM command_inbox i
                  WHERE i.tenant_id = n.tenant_id AND i.job_id = n.job_id
                    AND i.row_no = n.row_no AND i.kind = 'U')
            GROUP BY n.sku) AS needed
      JOIN dry_run_pool p ON p.tenant_id = ? AND p.job_id = ? AND p.sku = needed.sku
      ORDER BY needed.sku
      """;

  private final DataSource dataSource;
  private final TenantScope tenants;

  CountingNeededSeats(DataSource dataSource, TenantScope tenants) {
    this.dataSource = dataSource;
    this.tenants = tenants;
  }

  /**
   * @return by SKU; none where the tenant has no such dry run, or it needs no seats
   */
  @Transactional
  List<Needed> count(String tenant, UUID job) {
    tenants.enter(tenant);
    List<Needed> needed = new ArrayList<>();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(COUNT)) {
      statement.setString(1, tenant);
      statement.setObject(2, job);
      statement.setString(3, tenant);
      statement.setObject(4, job);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          needed.add(new Needed(rows.getString(1), rows.getLong(2), rows.getInt(3)));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("can't count a dry run's seats", e);
    }
    return needed;
  }
}

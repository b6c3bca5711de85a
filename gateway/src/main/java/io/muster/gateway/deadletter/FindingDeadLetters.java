package io.muster.gateway.deadletter;

import io.agroal.api.AgroalDataSource;
import io.muster.chassis.tenancy.TenantScope;
import io.muster.gateway.access.Sight;
import io.quarkus.agroal.DataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;

/**
 * Finds letters within the caller's sight: a tenant's own under the application role, those of all
 * tenants and of nobody under the finder role.
 */
@ApplicationScoped
class FindingDeadLetters {
  private static final String FIND =
      """
      SELECT tenant_id, id, source_topic, source_partition, source_offset, reason, put_by, put_at, redriven_at
        FROM dead_letter
       WHERE (?::text IS NULL OR tenant_id = ?) AND (?::uuid IS NULL OR id = ?)
         AND (?::text IS NULL OR source_topic = ?) AND (?::uuid IS NULL OR id < ?)
       ORDER BY id DESC LIMIT ?
      """;

  private final AgroalDataSource dataSource;
  private final AgroalDataSource finder;
  private final TenantScope tenants;

  FindingDeadLetters(
      AgroalDataSource dataSource,
      @DataSource("finder") AgroalDataSource finder,
      TenantScope tenants) {
    this.dataSource = dataSource;
    this.finder = finder;
    this.tenants = tenants;
  }

  /**
   * @return empty when there is no such letter, or not in this sight
   */
  Optional<DeadLetter> find(Sight sight, UUID id) {
    if (sight.tenant() != null) {
      Optional<DeadLetter> own = ofTenant(sight.tenant(), id, null, null, 1).stream().findFirst();
      if (own.isPresent()) {
        return own;
      }
    }
    return sight.byNumber() ? ofAll(id, null, null, 1).stream().findFirst() : Optional.empty();
  }

  /**
   * Newest first: an operator's are those of all tenants.
   *
   * @param topic only what is from there; null for all
   * @param after go on behind this letter; null for the newest
   */
  List<DeadLetter> list(Sight sight, String topic, UUID after, int limit) {
    return sight.byNumber()
        ? ofAll(null, topic, after, limit)
        : ofTenant(sight.tenant(), null, topic, after, limit);
  }

  private List<DeadLetter> ofTenant(String tenant, UUID id, String topic, UUID after, int limit) {
    return QuarkusTransaction.joiningExisting()
        .call(
            () -> {
              tenants.enter(tenant);
              try (Connection connection = dataSource.getConnection()) {
                return run(connection, tenant, id, topic, after, limit);
              }
            });
  }

  private List<DeadLetter> ofAll(UUID id, String topic, UUID after, int limit) {
    try (Connection connection = finder.getConnection()) {
      return run(connection, null, id, topic, after, limit);
    } catch (SQLException e) {
      throw new IllegalStateException("can't read dead letters", e);
    }
  }

  private static List<DeadLetter> run(
      Connection connection, String tenant, UUID id, String topic, UUID after, int limit)
      throws SQLException {
    List<DeadLetter> found = new ArrayList<>();
    try (PreparedStatement find = connection.prepareStatement(FIND)) {
      int next = 1;
      for (Object filter : new Object[] {tenant, id, topic, after}) {
        find.setObject(next++, filter);
        find.setObject(next++, filter);
      }
      find.setInt(next, limit);
      try (ResultSet rows = find.executeQuery()) {
        while (rows.next()) {
          found.add(letter(rows));
        }
      }
    }
    return found;
  }

  private static DeadLetter letter(ResultSet row) throws SQLException {
    return new DeadLetter(
        row.getString("tenant_id"),
        row.getObject("id", UUID.class),
        new Place(
            new TopicPartition(row.getString("source_topic"), row.getInt("source_partition")),
            row.getLong("source_offset")),
        row.getString("reason"),
        row.getString("put_by"),
        instant(row, "put_at"),
        instant(row, "redriven_at"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}

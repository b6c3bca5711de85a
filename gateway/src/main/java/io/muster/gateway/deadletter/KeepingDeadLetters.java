package io.muster.gateway.deadletter;

import io.muster.chassis.setwise.ColumnArrays;
import io.muster.chassis.tenancy.TenantScope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** Keeps letters, each place once, however often it comes. */
@ApplicationScoped
class KeepingDeadLetters {
  private static final String KEEP =
      """
      INSERT INTO dead_letter (tenant_id, id, source_topic, source_partition, source_offset, reason,
                               put_by, put_at)
      SELECT * FROM unnest(?::text[], ?::uuid[], ?::text[], ?::int[], ?::bigint[], ?::text[],
                           ?::text[], ?::timestamptz[])
          ON CONFLICT (tenant_id, source_topic, source_partition, source_offset) DO NOTHING
      """;

  private final DataSource dataSource;
  private final TenantScope tenants;

  KeepingDeadLetters(DataSource dataSource, TenantScope tenants) {
    this.dataSource = dataSource;
    this.tenants = tenants;
  }

  /**
   * In one transaction.
   *
   * @return how many are new
   * @throws SQLException nothing was kept; try again
   */
  @Transactional(rollbackOn = Exception.class)
  int keep(List<DeadLetter> letters) throws SQLException {
    tenants.enter(letters.stream().map(DeadLetter::tenant).collect(Collectors.toSet()));
    try (Connection connection = dataSource.getConnection();
        PreparedStatement keep = connection.prepareStatement(KEEP)) {
      new ColumnArrays<>(keep, letters, 1)
          .add("text", DeadLetter::tenant)
          .add("uuid", DeadLetter::id)
          .add("text", letter -> letter.place().partition().topic())
          .add("integer", letter -> letter.place().partition().partition())
          .add("bigint", letter -> letter.place().offset())
          .add("text", DeadLetter::reason)
          .add("text", DeadLetter::putBy)
          .add("timestamptz", letter -> OffsetDateTime.ofInstant(letter.putAt(), ZoneOffset.UTC));
      return keep.executeUpdate();
    }
  }
}

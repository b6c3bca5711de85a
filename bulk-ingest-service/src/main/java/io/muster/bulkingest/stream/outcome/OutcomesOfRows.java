package io.muster.bulkingest.stream.outcome;

import io.muster.bulkingest.stream.EndedRow;
import io.muster.bulkingest.stream.outcome.HeardRow.HeardPart;
import io.muster.chassis.setwise.ColumnArrays;
import io.muster.chassis.tenancy.TenantScope;
import io.muster.contracts.result.PartOutcome;
import io.muster.contracts.result.RowCode;
import io.muster.contracts.result.RowResult;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** What was heard of rows, in the table {@code job_row}: a batch is one transaction. */
@ApplicationScoped
class OutcomesOfRows {
  private static final String COLUMNS =
      """
      tenant_id, job_id, row_no, user_part, user_code, user_detail,
             license_part, license_code, license_detail""";

  /** In one order for everybody: every instance hears the same results. */
  private static final String LOCK =
      """
      SELECT %s FROM job_row
      JOIN unnest(?::text[], ?::uuid[], ?::bigint[]) AS k (tenant_id, job_id, row_no)
        USING (tenant_id, job_id, row_no)
      WHERE NOT ended
      ORDER BY tenant_id, job_id, row_no
      FOR UPDATE OF job_row
      """
          .formatted(COLUMNS);

  private static final String WRITE =
      """
      UPDATE job_row r
      SET user_part = n.user_part, user_code = n.user_code, user_detail = n.user_detail,
          license_part = n.license_part, license_code = n.license_code,
          license_detail = n.license_detail, ended = n.ended
      FROM unnest(?::text[], ?::uuid[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                  ?::text[], ?::boolean[])
        AS n (tenant_id, job_id, row_no, user_part, user_code, user_detail, license_part, license_code,
              license_detail, ended)
      WHERE r.tenant_id = n.tenant_id AND r.job_id = n.job_id AND r.row_no = n.row_no
      """;

  private static final String UNTOLD =
      """
      SELECT %s FROM job_row
      JOIN unnest(?::text[], ?::uuid[], ?::bigint[]) AS k (tenant_id, job_id, row_no)
        USING (tenant_id, job_id, row_no)
      WHERE ended AND NOT told
      """
          .formatted(COLUMNS);

  private static final String TOLD =
      """
      UPDATE job_row r SET told = true
      FROM unnest(?::text[], ?::uuid[], ?::bigint[]) AS k (tenant_id, job_id, row_no)
      WHERE r.tenant_id = k.tenant_id AND r.job_id = k.job_id AND r.row_no = k.row_no AND NOT r.told
      """;

  private final DataSource dataSource;
  private final TenantScope tenants;

  OutcomesOfRows(DataSource dataSource, TenantScope tenants) {
    this.dataSource = dataSource;
    this.tenants = tenants;
  }

  /** Names a row. */
  record RowKey(String tenant, UUID jobId, long row) {}

  /**
   * Stores what results tell that wasn't known; repeats change nothing.
   *
   * @return the rows that came to their end by them; of several instances one gets each
   */
  @Transactional(rollbackOn = Exception.class)
  List<EndedRow> store(List<RowResult> results) throws SQLException {
    Map<RowKey, List<RowResult>> byRow = new LinkedHashMap<>();
    for (RowResult result : results) {
      byRow
          .computeIfAbsent(
              new RowKey(result.tenant(), result.jobId(), result.row()), row -> new ArrayList<>())
          .add(result);
    }
    enter(byRow.keySet());
    List<HeardRow> changed = new ArrayList<>();
    try (Connection connection = dataSource.getConnection()) {
      for (HeardRow before : read(connection, LOCK, List.copyOf(byRow.keySet()))) {
        HeardRow after = before;
        for (RowResult result :
            byRow.get(new RowKey(before.tenant(), before.jobId(), before.row()))) {
          after = after.heard(result);
        }
        if (!after.equals(before)) {
          changed.add(after);
        }
      }
      write(connection, changed);
    }
    return changed.stream().filter(HeardRow::hasEnded).map(HeardRow::end).toList();
  }

  /** Those of these rows whose end nobody was told yet. */
  @Transactional(rollbackOn = Exception.class)
  List<EndedRow> untold(List<RowKey> rows) throws SQLException {
    enter(rows);
    try (Connection connection = dataSource.getConnection()) {
      return read(connection, UNTOLD, rows).stream().map(HeardRow::end).toList();
    }
  }

  /** Whoever had to hear of these ends has. */
  @Transactional(rollbackOn = Exception.class)
  void told(List<EndedRow> rows) throws SQLException {
    List<RowKey> keys =
        rows.stream().map(row -> new RowKey(row.tenant(), row.jobId(), row.row())).toList();
    enter(keys);
    try (Connection connection = dataSource.getConnection();
        PreparedStatement told = connection.prepareStatement(TOLD)) {
      setKeys(told, keys);
      told.executeUpdate();
    }
  }

  private void write(Connection connection, List<HeardRow> changed) throws SQLException {
    if (changed.isEmpty()) {
      return;
    }
    try (PreparedStatement write = connection.prepareStatement(WRITE)) {
      new ColumnArrays<>(write, changed, 1)
          .add("text", HeardRow::tenant)
          .add("uuid", HeardRow::jobId)
          .add("bigint", HeardRow::row)
          .add("text", row -> name(row.user().outcome()))
          .add("text", row -> name(row.user().code()))
          .add("text", row -> row.user().detail())
          .add("text", row -> name(row.license().outcome()))
          .add("text", row -> name(row.license().code()))
          .add("text", row -> row.license().detail())
          .add("boolean", HeardRow::hasEnded);
      write.executeUpdate();
    }
  }

  private static List<HeardRow> read(Connection connection, String sql, List<RowKey> keys)
      throws SQLException {
    List<HeardRow> found = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      setKeys(select, keys);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          found.add(
              new HeardRow(
                  row.getString(1),
                  row.getObject(2, UUID.class),
                  row.getLong(3),
                  part(row, 4),
                  part(row, 7)));
        }
      }
    }
    return found;
  }

  private static HeardPart part(ResultSet row, int first) throws SQLException {
    String outcome = row.getString(first);
    String code = row.getString(first + 1);
    return outcome == null
        ? HeardPart.UNKNOWN
        : new HeardPart(
            PartOutcome.valueOf(outcome),
            code == null ? null : RowCode.valueOf(code),
            row.getString(first + 2));
  }

  private static void setKeys(PreparedStatement statement, List<RowKey> keys) throws SQLException {
    new ColumnArrays<>(statement, keys, 1)
        .add("text", RowKey::tenant)
        .add("uuid", RowKey::jobId)
        .add("bigint", RowKey::row);
  }

  private void enter(Collection<RowKey> rows) {
    tenants.enter(rows.stream().map(RowKey::tenant).collect(Collectors.toSet()));
  }

  private static String name(Enum<?> word) {
    return word == null ? null : word.name();
  }
}

package io.muster.gateway.track.count;

import io.muster.chassis.setwise.ColumnArrays;
import io.muster.contracts.command.Part;
import io.muster.contracts.result.RowCode;
import io.muster.contracts.result.RowResult;
import io.muster.gateway.track.count.BatchTally.FailedRow;
import io.muster.gateway.track.job.JobKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** The tables {@code row_failure} and {@code failure_count}, written a batch at a time. */
@ApplicationScoped
class RowFailures {
  private record CodeOfJob(JobKey job, String code) {}

  private static final String KEEP =
      """
      INSERT INTO row_failure (tenant_id, job_id, row_no, part, code, detail)
      SELECT * FROM unnest(?::text[], ?::uuid[], ?::bigint[], ?::text[], ?::text[], ?::text[])
          ON CONFLICT DO NOTHING
      """;

  private static final String LOOK_UP =
      """
      SELECT f.tenant_id, f.job_id, f.row_no, f.part, f.code
        FROM row_failure f
        JOIN unnest(?::text[], ?::uuid[], ?::bigint[], ?::text[]) AS k (tenant_id, job_id, row_no, part)
             USING (tenant_id, job_id, row_no, part)
      """;

  private static final String COUNT =
      """
      INSERT INTO failure_count AS c (tenant_id, job_id, code, rows)
      SELECT tenant_id, job_id, code, rows
        FROM unnest(?::text[], ?::uuid[], ?::text[], ?::bigint[]) AS n (tenant_id, job_id, code, rows)
       ORDER BY tenant_id, job_id, code
          ON CONFLICT (tenant_id, job_id, code) DO UPDATE SET rows = c.rows + excluded.rows
      """;

  void keep(Connection connection, List<RowResult> refusals) throws SQLException {
    if (refusals.isEmpty()) {
      return;
    }
    try (PreparedStatement keep = connection.prepareStatement(KEEP)) {
      new ColumnArrays<>(keep, refusals, 1)
          .add("text", RowResult::tenant)
          .add("uuid", RowResult::jobId)
          .add("bigint", RowResult::row)
          .add("text", refusal -> refusal.part().name())
          .add("text", refusal -> refusal.code().name())
          .add("text", refusal -> storable(refusal.detail()));
      keep.executeUpdate();
    }
  }

  /** Fills in the codes that earlier batches brought. */
  List<FailedRow> withCodes(Connection connection, List<FailedRow> failed) throws SQLException {
    List<FailedRow> missing = failed.stream().filter(row -> row.code() == null).toList();
    if (missing.isEmpty()) {
      return failed;
    }
    List<FailedRow> all =
        failed.stream()
            .filter(row -> row.code() != null)
            .collect(Collectors.toCollection(ArrayList::new));
    try (PreparedStatement lookUp = connection.prepareStatement(LOOK_UP)) {
      new ColumnArrays<>(lookUp, missing, 1)
          .add("text", row -> row.job().tenant())
          .add("uuid", row -> row.job().jobId())
          .add("bigint", FailedRow::row)
          .add("text", row -> row.toBlame().name());
      try (ResultSet rows = lookUp.executeQuery()) {
        while (rows.next()) {
          JobKey job = new JobKey(rows.getString(1), rows.getObject(2, UUID.class));
          Part part = Part.valueOf(rows.getString(4));
          all.add(new FailedRow(job, rows.getLong(3), part, RowCode.valueOf(rows.getString(5))));
        }
      }
    }
    return all;
  }

  void count(Connection connection, List<FailedRow> failed) throws SQLException {
    if (failed.isEmpty()) {
      return;
    }
    Map<CodeOfJob, Long> counts = new LinkedHashMap<>();
    for (FailedRow row : failed) {
      counts.merge(new CodeOfJob(row.job(), row.code().name()), 1L, Long::sum);
    }
    List<CodeOfJob> keys = List.copyOf(counts.keySet());
    try (PreparedStatement count = connection.prepareStatement(COUNT)) {
      new ColumnArrays<>(count, keys, 1)
          .add("text", key -> key.job().tenant())
          .add("uuid", key -> key.job().jobId())
          .add("text", CodeOfJob::code)
          .add("bigint", counts::get);
      count.executeUpdate();
    }
  }

  /** PostgreSQL's text takes every character but this one. */
  static String storable(String detail) {
    return detail == null ? null : detail.replace("\0", "");
  }
}

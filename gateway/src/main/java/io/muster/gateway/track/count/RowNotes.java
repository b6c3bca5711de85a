package io.muster.gateway.track.count;

import io.muster.chassis.setwise.ColumnArrays;
import io.muster.contracts.result.RowResult;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** The table {@code row_note}, written a batch at a time. */
@ApplicationScoped
class RowNotes {
  private static final String KEEP =
      """
      INSERT INTO row_note (tenant_id, job_id, row_no, part, detail)
      SELECT * FROM unnest(?::text[], ?::uuid[], ?::bigint[], ?::text[], ?::text[])
          ON CONFLICT DO NOTHING
      """;

  void keep(Connection connection, List<RowResult> noted) throws SQLException {
    if (noted.isEmpty()) {
      return;
    }
    try (PreparedStatement keep = connection.prepareStatement(KEEP)) {
      new ColumnArrays<>(keep, noted, 1)
          .add("text", RowResult::tenant)
          .add("uuid", RowResult::jobId)
          .add("bigint", RowResult::row)
          .add("text", note -> note.part().name())
          .add("text", note -> RowFailures.storable(note.detail()));
      keep.executeUpdate();
    }
  }
}

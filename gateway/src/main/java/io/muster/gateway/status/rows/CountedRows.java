package io.muster.gateway.status.rows;

import io.muster.contracts.command.Part;
import io.muster.contracts.result.RowCode;
import io.muster.gateway.status.JobView;
import io.muster.gateway.track.row.ChunkPlanes;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was counted of a job's rows: planes, failures and notes, read by row numbers. */
@ApplicationScoped
public class CountedRows {
  /** Why a service refused its part of a row. {@code detail} is null where people aren't seen. */
  record Failure(Part part, RowCode code, String detail) {}

  private static final String PLANES =
      """
      SELECT chunk, %s
        FROM job_progress
       WHERE tenant_id = ? AND job_id = ? AND chunk = ANY (?)
      """
          .formatted(ChunkPlanes.COLUMNS);

  private static final String FAILURES =
      """
      SELECT row_no, part, code, %s
        FROM row_failure
       WHERE tenant_id = ? AND job_id = ? AND row_no = ANY (?)
       ORDER BY row_no
      """;

  private static final String NOTES =
      """
      SELECT row_no, detail
        FROM row_note
       WHERE tenant_id = ? AND job_id = ? AND row_no = ANY (?)
       ORDER BY row_no, part DESC  -- what happened to the user before what happened to seats
      """;

  private final JobReads reads;

  CountedRows(JobReads reads) {
    this.reads = reads;
  }

  /** Those of the chunks of which anything was heard. */
  public Map<Integer, ChunkPlanes> planes(JobView view, Collection<Integer> chunks) {
    return reads.read(
        view,
        connection -> {
          Map<Integer, ChunkPlanes> found = new HashMap<>();
          try (PreparedStatement select = connection.prepareStatement(PLANES)) {
            select.setString(1, view.job().tenant());
            select.setObject(2, view.job().id());
            select.setArray(3, connection.createArrayOf("int4", chunks.toArray()));
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                byte[][] stored = new byte[ChunkPlanes.PLANES][];
                for (int plane = 0; plane < ChunkPlanes.PLANES; plane++) {
                  stored[plane] = rows.getBytes(2 + plane);
                }
                found.put(rows.getInt(1), new ChunkPlanes(stored));
              }
            }
          }
          return found;
        });
  }

  /** The refusals of these rows' parts. */
  public Map<Long, List<Failure>> failures(JobView view, Collection<Long> numbers) {
    if (numbers.isEmpty()) {
      return Map.of();
    }
    return reads.read(
        view,
        connection -> {
          Map<Long, List<Failure>> found = new HashMap<>();
          String sql = FAILURES.formatted(view.people() ? "detail" : "NULL");
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, view.job().tenant());
            select.setObject(2, view.job().id());
            select.setArray(3, connection.createArrayOf("int8", numbers.toArray()));
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                found
                    .computeIfAbsent(rows.getLong(1), row -> new ArrayList<>())
                    .add(
                        new Failure(
                            Part.valueOf(rows.getString(2)),
                            RowCode.valueOf(rows.getString(3)),
                            rows.getString(4)));
              }
            }
          }
          return found;
        });
  }

  /**
   * What services had to add about parts of these rows that they applied, in one text per row.
   * Nothing for whoever may not see people.
   */
  public Map<Long, String> notes(JobView view, Collection<Long> numbers) {
    if (numbers.isEmpty() || !view.people()) {
      return Map.of();
    }
    return reads.read(
        view,
        connection -> {
          Map<Long, String> found = new HashMap<>();
          try (PreparedStatement select = connection.prepareStatement(NOTES)) {
            select.setString(1, view.job().tenant());
            select.setObject(2, view.job().id());
            select.setArray(3, connection.createArrayOf("int8", numbers.toArray()));
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                found.merge(rows.getLong(1), rows.getString(2), (a, b) -> a + ' ' + b);
              }
            }
          }
          return found;
        });
  }
}

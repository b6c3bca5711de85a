package io.muster.gateway.track.count;

import io.muster.chassis.setwise.ColumnArrays;
import io.muster.gateway.track.job.JobKey;
import io.muster.gateway.track.row.ChunkPlanes;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The table {@code job_progress}, read and written a batch at a time. */
@ApplicationScoped
class ProgressPlanes {
  /** A chunk of a job's rows. */
  record ChunkKey(JobKey job, int chunk) {}

  /** Not for a job that was closed with all its rows counted: what comes now is a repeat. */
  private static final String MAKE_MISSING =
      """
      INSERT INTO job_progress (tenant_id, job_id, chunk)
      SELECT tenant_id, job_id, chunk
        FROM unnest(?::text[], ?::uuid[], ?::int[]) AS k (tenant_id, job_id, chunk)
       WHERE NOT EXISTS (
               SELECT FROM job_view v
                WHERE v.tenant_id = k.tenant_id AND v.job_id = k.job_id
                  AND v.closed_at IS NOT NULL
                  AND (v.succeeded + v.failed >= v.rows_on_bus OR v.emptied_at IS NOT NULL))
       ORDER BY tenant_id, job_id, chunk
          ON CONFLICT DO NOTHING
      """;

  private static final String LOCK =
      """
      SELECT tenant_id, job_id, chunk, %s
        FROM job_progress
        JOIN unnest(?::text[], ?::uuid[], ?::int[]) AS k (tenant_id, job_id, chunk)
             USING (tenant_id, job_id, chunk)
       ORDER BY tenant_id, job_id, chunk
         FOR UPDATE OF job_progress
      """
          .formatted(ChunkPlanes.COLUMNS);

  private static final String WRITE =
      """
      UPDATE job_progress p
         SET user_expected = n.ue, user_applied = n.ua, user_ended = n.un, user_refused = n.ur,
             license_expected = n.le, license_applied = n.la, license_ended = n.ln, license_refused = n.lr
        FROM unnest(?::text[], ?::uuid[], ?::int[], ?::bytea[], ?::bytea[], ?::bytea[], ?::bytea[],
                    ?::bytea[], ?::bytea[], ?::bytea[], ?::bytea[])
             AS n (tenant_id, job_id, chunk, ue, ua, un, ur, le, la, ln, lr)
       WHERE p.tenant_id = n.tenant_id AND p.job_id = n.job_id AND p.chunk = n.chunk
      """;

  /**
   * Locks the chunks until the transaction ends, in one order for everybody, and makes those that
   * aren't there yet.
   *
   * @return without those of closed jobs whose planes are gone
   */
  Map<ChunkKey, ChunkPlanes> lock(Connection connection, Collection<ChunkKey> keys)
      throws SQLException {
    List<ChunkKey> chunks = List.copyOf(keys);
    try (PreparedStatement make = connection.prepareStatement(MAKE_MISSING)) {
      setKeys(make, chunks);
      make.executeUpdate();
    }
    Map<ChunkKey, ChunkPlanes> found = new HashMap<>();
    try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
      setKeys(lock, chunks);
      try (ResultSet rows = lock.executeQuery()) {
        while (rows.next()) {
          JobKey job = new JobKey(rows.getString(1), rows.getObject(2, UUID.class));
          found.put(new ChunkKey(job, rows.getInt(3)), planes(rows, 4));
        }
      }
    }
    return found;
  }

  /** Writes chunks that {@link #lock} gave. */
  void write(Connection connection, Map<ChunkKey, ChunkPlanes> changed) throws SQLException {
    if (changed.isEmpty()) {
      return;
    }
    List<ChunkKey> chunks = List.copyOf(changed.keySet());
    byte[][][] byPlane = new byte[ChunkPlanes.PLANES][chunks.size()][];
    for (int i = 0; i < chunks.size(); i++) {
      byte[][] planes = changed.get(chunks.get(i)).planes();
      for (int plane = 0; plane < ChunkPlanes.PLANES; plane++) {
        byPlane[plane][i] = planes[plane];
      }
    }
    try (PreparedStatement write = connection.prepareStatement(WRITE)) {
      setKeys(write, chunks);
      for (int plane = 0; plane < ChunkPlanes.PLANES; plane++) {
        write.setArray(4 + plane, connection.createArrayOf("bytea", byPlane[plane]));
      }
      write.executeUpdate();
    }
  }

  /** Reads a chunk whose planes stand in the columns from {@code first} on. */
  static ChunkPlanes planes(ResultSet rows, int first) throws SQLException {
    byte[][] stored = new byte[ChunkPlanes.PLANES][];
    for (int plane = 0; plane < ChunkPlanes.PLANES; plane++) {
      stored[plane] = rows.getBytes(first + plane);
    }
    return new ChunkPlanes(stored);
  }

  private static void setKeys(PreparedStatement statement, List<ChunkKey> chunks)
      throws SQLException {
    new ColumnArrays<>(statement, chunks, 1)
        .add("text", chunk -> chunk.job().tenant())
        .add("uuid", chunk -> chunk.job().jobId())
        .add("integer", ChunkKey::chunk);
  }
}

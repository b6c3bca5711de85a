package io.muster.gateway.status.rows;

import io.muster.contracts.command.Part;
import io.muster.contracts.result.RowCode;
import io.muster.gateway.status.JobView;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.Set;

/** Which of a job's rows had a part refused by a service; the row itself may still be in flight. */
@ApplicationScoped
public class RefusedRows {
  /**
   * Rows of which a service refused a part, in row order.
   *
   * @param scannedTo all up to this row are in here; Long.MAX_VALUE when there are no more
   */
  record Refused(Set<Long> rows, long scannedTo) {}

  private static final int ROWS_PER_FETCH = 10_000;

  private static final String WITH_CODE =
      """
      SELECT row_no
        FROM row_failure
       WHERE tenant_id = ? AND job_id = ? AND code = ? AND part = ?
      """;

  private static final String REFUSED =
      """
      SELECT row_no, code
        FROM row_failure
       WHERE tenant_id = ? AND job_id = ? AND row_no > ?
       ORDER BY row_no
       LIMIT ?
      """;

  private final JobReads reads;

  RefusedRows(JobReads reads) {
    this.reads = reads;
  }

  /** All rows of which this part was refused with this code; bit r is row r. */
  public BitSet rowsWith(JobView view, RowCode code, Part part) {
    return reads.read(
        view,
        connection -> {
          BitSet found = new BitSet();
          try (PreparedStatement select = connection.prepareStatement(WITH_CODE)) {
            // Without it the driver holds all rows at once.
            select.setFetchSize(ROWS_PER_FETCH);
            select.setString(1, view.job().tenant());
            select.setObject(2, view.job().id());
            select.setString(3, code.name());
            select.setString(4, part.name());
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                found.set(rows.getInt(1));
              }
            }
          }
          return found;
        });
  }

  /**
   * Looks at some refusals behind a row.
   *
   * @param code only rows of which a part has this code; null for all
   * @param scan how many refusals to look at
   */
  Refused refused(JobView view, long after, RowCode code, int scan) {
    return reads.read(
        view,
        connection -> {
          Set<Long> found = new LinkedHashSet<>();
          int looked = 0;
          long last = after;
          try (PreparedStatement select = connection.prepareStatement(REFUSED)) {
            select.setString(1, view.job().tenant());
            select.setObject(2, view.job().id());
            select.setLong(3, after);
            select.setInt(4, scan);
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                looked++;
                last = rows.getLong(1);
                if (code == null || code.name().equals(rows.getString(2))) {
                  found.add(last);
                }
              }
            }
          }
          return new Refused(found, looked < scan ? Long.MAX_VALUE : last);
        });
  }
}

package io.muster.gateway.status.rows;

import io.muster.gateway.download.SafeCsv;
import io.muster.gateway.status.JobView;
import io.muster.gateway.status.rows.FailedRows.FailedRow;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The failed rows as a file that can be corrected and uploaded again as it is, page by page.
 * Passwords aren't kept: the reader refuses what stands in their place.
 */
@ApplicationScoped
class FailuresCsv {
  /** Small enough for pages of rows with the largest cells that the reader takes. */
  private static final int ROWS_PER_PAGE = 250;

  private final FailedRows failed;
  private final FileColumns columns;

  FailuresCsv(FailedRows failed, FileColumns columns) {
    this.failed = failed;
    this.columns = columns;
  }

  /**
   * Blocks until all is written.
   *
   * @param bearer the caller's Authorization header, for bulk-ingest-service
   * @throws IOException when the client went away
   */
  void write(JobView view, String bearer, SafeCsv csv) throws IOException {
    List<String> ofFile = columns.of(view);
    csv.write(
        Stream.concat(ofFile.stream(), Stream.of("RowNumber", "ErrorCode", "ErrorMessage"))
            .toList());
    long after = 0;
    do {
      FailedRows.Page page =
          failed.page(view, after, ROWS_PER_PAGE, null, bearer, UnaryOperator.identity());
      for (FailedRow row : page.items()) {
        csv.write(cells(ofFile, row));
      }
      after = page.scannedTo();
    } while (after < view.job().total());
  }

  static List<String> cells(List<String> columns, FailedRow failed) {
    Map<String, String> written = failed.written().columns();
    List<String> cells = new ArrayList<>(columns.size() + 3);
    for (String column : columns) {
      String cell = written.get(column);
      if (cell == null && column.equals(FileColumns.PASSWORD)) {
        cell = written.get(FileColumns.PASSWORD_HASH);
      }
      cells.add(cell);
    }
    cells.add(Long.toString(failed.written().row()));
    cells.add(failed.answer().code().name());
    cells.add(failed.answer().message());
    return cells;
  }
}

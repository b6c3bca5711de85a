package io.muster.gateway.status.rows;

import io.muster.gateway.download.SafeCsv;
import io.muster.gateway.status.JobView;
import io.muster.gateway.status.rows.ListingRows.RowPage;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Every row of a job with what became of it, page by page. */
@ApplicationScoped
class ResultsCsv {
  private static final List<String> COLUMNS =
      List.of("RowNumber", "UserPrincipalName", "Outcome", "Code", "Message");

  /** Two chunks: their planes are read for one page each. */
  private static final int ROWS_PER_PAGE = 2_048;

  private final ListingRows listing;

  ResultsCsv(ListingRows listing) {
    this.listing = listing;
  }

  /**
   * Blocks until all is written.
   *
   * @param bearer the caller's Authorization header, for bulk-ingest-service
   * @throws IOException when the client went away
   * @throws IllegalStateException when rows are missing
   */
  void write(JobView view, String bearer, SafeCsv csv) throws IOException {
    csv.write(COLUMNS);
    long written = 0;
    String next = "0";
    while (next != null && view.job().total() > 0) {
      RowPage page = listing.page(view, null, null, Long.parseLong(next), ROWS_PER_PAGE, bearer);
      for (RowAnswer row : page.items()) {
        csv.write(cells(row));
        written++;
      }
      next = page.next();
    }
    if (written != view.job().total()) {
      // A file that ends early must not look whole.
      throw new IllegalStateException("rows are missing in the spool of job " + view.job().id());
    }
  }

  private static List<String> cells(RowAnswer row) {
    return Arrays.asList(
        Long.toString(row.row()),
        row.userPrincipalName(),
        row.outcome().name(),
        row.code() == null ? null : row.code().name(),
        row.message());
  }
}

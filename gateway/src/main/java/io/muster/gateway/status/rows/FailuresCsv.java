package io.muster.gateway.status.rows;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.muster.contracts.command.AccountProperty;
import io.muster.contracts.job.JobSnapshot.UploadedFile;
import io.muster.contracts.job.WrittenRow;
import io.muster.gateway.status.JobView;
import io.muster.gateway.status.rows.FailedRows.FailedRow;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The failed rows as a file that can be corrected and uploaded again as it is. Written page by page
 * while it is sent.
 */
@ApplicationScoped
public class FailuresCsv {
  static final String PASSWORD = "Password";
  private static final String PASSWORD_HASH = "PasswordHash";

  /** Small enough for pages of rows with the largest cells that the reader takes. */
  private static final int ROWS_PER_PAGE = 250;

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final FailedRows failed;

  FailuresCsv(FailedRows failed) {
    this.failed = failed;
  }

  /**
   * Blocks until all is written.
   *
   * @param bearer the caller's Authorization header, for bulk-ingest-service
   * @throws IOException when the client went away
   */
  public void write(JobView view, String bearer, OutputStream out) throws IOException {
    List<String> columns = columns(view);
    Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    text.write(BYTE_ORDER_MARK);
    CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(text);
    csv.writeRecord(
        Stream.concat(columns.stream(), Stream.of("RowNumber", "ErrorCode", "ErrorMessage"))
            .toList());
    long after = 0;
    do {
      FailedRows.Page page =
          failed.page(view, after, ROWS_PER_PAGE, null, bearer, UnaryOperator.identity());
      for (FailedRow row : page.items()) {
        csv.writeRecord(cells(columns, row));
      }
      after = page.scannedTo();
    } while (after < view.job().total());
    csv.flush();
  }

  /** The recognised columns in the file's order; a hash comes back as a password to be entered. */
  private static List<String> columns(JobView view) {
    UploadedFile file = view.job().file();
    Set<String> columns = new LinkedHashSet<>();
    if (file == null || file.columns().isEmpty()) {
      columns.add("UserPrincipalName");
      Stream.of(AccountProperty.values()).map(AccountProperty::column).forEach(columns::add);
    } else {
      file.columns()
          .forEach(column -> columns.add(column.equals(PASSWORD_HASH) ? PASSWORD : column));
    }
    return List.copyOf(columns);
  }

  private static List<String> cells(List<String> columns, FailedRow failed) {
    WrittenRow written = failed.written();
    List<String> cells = new ArrayList<>(columns.size() + 3);
    for (String column : columns) {
      cells.add(SafeCell.of(written.columns().get(column)));
    }
    cells.add(Long.toString(written.row()));
    cells.add(failed.answer().code().name());
    cells.add(SafeCell.of(failed.answer().message()));
    return cells;
  }
}

package io.muster.gateway.download;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.muster.chassis.csv.SafeCell;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes a CSV that goes out: UTF-8 with a byte order mark, so that a spreadsheet reads every
 * alphabet, CRLF, and no cell that it would compute. Not thread-safe; never closes what it writes
 * to.
 */
public final class SafeCsv {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final CsvWriter csv;

  /**
   * @throws IOException when the reader went away
   */
  public SafeCsv(OutputStream out) throws IOException {
    Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    text.write(BYTE_ORDER_MARK);
    this.csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(text);
  }

  /**
   * @param cells null is empty
   * @throws IOException when the reader went away
   */
  public void write(List<String> cells) throws IOException {
    csv.writeRecord(cells.stream().map(SafeCell::of).toList());
  }

  /** To be called once all is written. */
  public void flush() throws IOException {
    csv.flush();
  }
}

package io.muster.bulkingest.upload.header;

import io.muster.bulkingest.spool.Column;
import io.muster.bulkingest.upload.UploadLimits;
import io.muster.bulkingest.upload.text.RowSplitter;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.job.RequestCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads up to the header line and finds the delimiter by it: the one of comma, semicolon and tab
 * under which most columns are recognised.
 */
public final class FindingTheHeader {
  private static final char[] DELIMITERS = {',', ';', '\t'};

  /** Entra's first line, padded or not. */
  private static final Pattern VERSION_LINE =
      Pattern.compile("\"?version:v[0-9.]+\"?[,;\\s\"]*", Pattern.CASE_INSENSITIVE);

  /** Excel's, which names the delimiter. */
  private static final Pattern SEPARATOR_LINE =
      Pattern.compile("\"?sep=[,;\\t]?\"?[,;\\s\"]*", Pattern.CASE_INSENSITIVE);

  private final UploadLimits limits;

  public FindingTheHeader(UploadLimits limits) {
    this.limits = limits;
  }

  /** What was found; the splitter goes on with the first data row under this delimiter. */
  public record Found(HeaderLine header, char delimiter) {}

  /**
   * @param rows at the file's start
   * @throws RequestRefused EMPTY_FILE, NO_HEADER, TOO_LARGE
   */
  public Found in(RowSplitter rows) throws IOException {
    boolean some = false;
    rows.delimiter(DELIMITERS[0]);
    while (rows.next()) {
      some = true;
      if (!isPreamble(rows.raw().strip())) {
        return recognise(rows);
      }
    }
    if (some) {
      throw noHeader("The file has no header line after its version line.");
    }
    throw RequestRefused.because(
        RequestCode.EMPTY_FILE, "The file holds blank lines only: upload one with a header line.");
  }

  private static boolean isPreamble(String line) {
    return VERSION_LINE.matcher(line).matches() || SEPARATOR_LINE.matcher(line).matches();
  }

  private Found recognise(RowSplitter rows) throws IOException {
    Found best = null;
    for (char delimiter : DELIMITERS) {
      rows.delimiter(delimiter);
      rows.again();
      if (rows.fault() == null) {
        Found found = new Found(HeaderLine.of(headers(rows)), delimiter);
        if (best == null
            || found.header().recognised().size() > best.header().recognised().size()) {
          best = found;
        }
      }
    }
    if (best == null) {
      throw rows.fault() == RowSplitter.Fault.ROW_TOO_LONG
          ? tooLarge(
              "The header line is longer than "
                  + limits.maxRowBytes()
                  + " bytes, the limit for a row: take columns out that Muster has no use for.")
          : noHeader(
              "The header line has an unclosed quote, or text after a closing quote: put each name"
                  + " in quotes or none.");
    }
    // Back to the winner, so that the next row is split and counted by it.
    rows.delimiter(best.delimiter());
    rows.again();
    if (!best.header().has(Column.USER_PRINCIPAL_NAME)) {
      throw noHeader(
          rows.raw().indexOf('@') >= 0
              ? "The first line looks like a user, not like a header: put a header line above it,"
                  + " with a column UserPrincipalName."
              : "No column of the first line is known as UserPrincipalName (also: User name, UPN,"
                  + " login, Email address): add a header line with it.");
    }
    return best;
  }

  private List<String> headers(RowSplitter rows) {
    int used = rows.lastWithText() + 1;
    if (used > limits.maxColumns()) {
      throw tooLarge(
          "The header has "
              + used
              + " columns; "
              + limits.maxColumns()
              + " are allowed, the limit of one upload: take columns out that Muster has no use"
              + " for.");
    }
    List<String> headers = new ArrayList<>();
    for (int i = 0; i < Math.min(rows.fields(), limits.maxColumns()); i++) {
      headers.add(rows.field(i));
    }
    return headers;
  }

  private static RequestRefused tooLarge(String detail) {
    return RequestRefused.because(RequestCode.TOO_LARGE, detail);
  }

  private static RequestRefused noHeader(String detail) {
    return RequestRefused.because(RequestCode.NO_HEADER, detail);
  }
}

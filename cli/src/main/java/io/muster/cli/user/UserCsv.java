package io.muster.cli.user;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.muster.contracts.command.AccountProperty;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Users as a file for spreadsheets, which import understands again: canonical columns in a fixed
 * order, UTF-8 with a byte order mark, and no cell that a spreadsheet takes for a formula.
 */
final class UserCsv implements AutoCloseable {
  private static final int BUFFER = 64 * 1024;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /** API.md: these stay as they are. */
  private static final Pattern PLAIN_PHONE = Pattern.compile("\\+[0-9][0-9 ()./-]*");

  private final CsvWriter csv;

  /**
   * @param out closed with this
   */
  UserCsv(OutputStream out) throws IOException {
    out.write(BYTE_ORDER_MARK.getBytes(StandardCharsets.UTF_8));
    csv =
        CsvWriter.builder()
            .bufferSize(BUFFER)
            .lineDelimiter(LineDelimiter.CRLF)
            .build(out, StandardCharsets.UTF_8);
    List<String> headings = new ArrayList<>(List.of("UserPrincipalName", "State"));
    for (AccountProperty property : AccountProperty.values()) {
      headings.add(property.column());
    }
    headings.addAll(List.of("Licenses", "MustChangePassword", "Protected"));
    csv.writeRecord(headings);
  }

  /**
   * Writes a page.
   *
   * @throws UncheckedIOException when the output can't be written
   */
  void write(JsonNode users) {
    for (JsonNode user : users) {
      List<String> cells = new ArrayList<>();
      cells.add(text(user, "userPrincipalName"));
      cells.add(text(user, "state"));
      for (AccountProperty property : AccountProperty.values()) {
        cells.add(text(user, property.field()));
      }
      cells.add(licenses(user.path("licenses")));
      cells.add(yesOrNo(user, "mustChangePassword"));
      cells.add(yesOrNo(user, "protected"));
      csv.writeRecord(cells);
    }
  }

  @Override
  public void close() throws IOException {
    csv.close();
  }

  private static String licenses(JsonNode licenses) {
    return StreamSupport.stream(licenses.spliterator(), false)
        .map(license -> license.path("sku").asText(license.asText("")))
        .collect(Collectors.collectingAndThen(Collectors.joining(";"), UserCsv::safe));
  }

  private static String yesOrNo(JsonNode user, String field) {
    return user.hasNonNull(field) ? (user.path(field).asBoolean() ? "Yes" : "No") : "";
  }

  private static String text(JsonNode user, String field) {
    return user.hasNonNull(field) ? safe(user.path(field).asText()) : "";
  }

  private static String safe(String cell) {
    boolean startsAFormula = !cell.isEmpty() && "=+-@\t\r".indexOf(cell.charAt(0)) >= 0;
    return startsAFormula && !cell.equals("-") && !PLAIN_PHONE.matcher(cell).matches()
        ? "'" + cell
        : cell;
  }
}

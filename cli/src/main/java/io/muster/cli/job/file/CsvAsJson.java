package io.muster.cli.job.file;

import com.fasterxml.jackson.core.JsonGenerator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.muster.cli.CommandFailed;
import io.muster.cli.service.Service;
import io.muster.cli.terminal.Results;
import java.io.IOException;
import java.io.InputStream;

/** The service's CSV files for programs: a list of objects, streamed row by row. */
final class CsvAsJson {
  static final String MEDIA_TYPE = "text/csv";
  private static final String ROW_NUMBER = "RowNumber";

  private CsvAsJson() {}

  /**
   * Prints a file as one JSON document. Keys are the headings in camelCase, except {@code row} for
   * {@code RowNumber}, which is a number; values are what the cells mean.
   *
   * @throws IOException when the output can't be written
   */
  static void list(Service service, String path, Results results) throws IOException {
    try (InputStream body = service.open(path, MEDIA_TYPE);
        CsvReader<NamedCsvRecord> csv =
            CsvReader.builder().detectBomHeader(true).ofNamedCsvRecord(body)) {
      JsonGenerator json = results.jsonStream();
      json.writeStartArray();
      for (NamedCsvRecord row : csv) {
        json.writeStartObject();
        write(row, json);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.close();
    } catch (CsvParseException e) {
      // The reader wraps what the connection said; its own text would quote a line.
      if (e.getCause() instanceof CommandFailed failed) {
        throw failed;
      }
      throw notMuster(service);
    } catch (NumberFormatException e) {
      throw notMuster(service);
    }
    results.text("\n");
  }

  private static void write(NamedCsvRecord row, JsonGenerator json) throws IOException {
    if (row.findField(ROW_NUMBER).isPresent()) {
      json.writeNumberField("row", Long.parseLong(row.getField(ROW_NUMBER)));
    }
    for (String heading : row.getHeader()) {
      if (!heading.equals(ROW_NUMBER)) {
        json.writeStringField(camelCase(heading), meant(row.getField(heading)));
      }
    }
  }

  private static String camelCase(String heading) {
    return heading.isEmpty()
        ? heading
        : Character.toLowerCase(heading.charAt(0)) + heading.substring(1);
  }

  private static CommandFailed notMuster(Service service) {
    return CommandFailed.unreachable(
        service.url() + " answers, but not as Muster does: is the address right?", null);
  }

  /** Without the sign that keeps a spreadsheet from taking a cell for a formula. */
  private static String meant(String cell) {
    boolean guarded =
        cell.length() > 1 && cell.charAt(0) == '\'' && "=+-@\t\r".indexOf(cell.charAt(1)) >= 0;
    return guarded ? cell.substring(1) : cell;
  }
}

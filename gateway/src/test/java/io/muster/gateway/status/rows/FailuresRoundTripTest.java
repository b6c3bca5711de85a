package io.muster.gateway.status.rows;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.muster.contracts.command.Operation;
import io.muster.contracts.command.Part;
import io.muster.contracts.job.WrittenRow;
import io.muster.contracts.result.PartOutcome;
import io.muster.contracts.result.RowCode;
import io.muster.gateway.download.SafeCsv;
import io.muster.gateway.status.rows.FailedRows.FailedRow;
import io.muster.gateway.track.row.RowOutcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * What goes out as failures.csv comes back as it was: to a CSV reader that takes the one apostrophe
 * off which docs/csv.md promises, each cell is what it was when it was first read.
 */
class FailuresRoundTripTest {
  private static final List<String> COLUMNS =
      List.of("UserPrincipalName", "DisplayName", "Department", "OfficePhone");

  @Property(tries = 1_000)
  void everyCellComesBackAsItWas(@ForAll("files") List<List<String>> rows) throws IOException {
    List<CsvRecord> read = read(written(rows));

    assertThat(read).hasSize(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      List<String> cells = new ArrayList<>();
      for (int column = 0; column < COLUMNS.size(); column++) {
        cells.add(taken(read.get(i).getField(column)));
      }
      assertThat(cells).isEqualTo(rows.get(i));
      assertThat(read.get(i).getField(4)).isEqualTo(Integer.toString(i + 1));
      assertThat(read.get(i).getField(5)).isEqualTo("USER_NOT_FOUND");
    }
  }

  @Property(tries = 1_000)
  void noCellIsAFormulaToASpreadsheet(@ForAll("files") List<List<String>> rows) throws IOException {
    for (CsvRecord row : read(written(rows))) {
      for (String cell : row.getFields()) {
        boolean harmless =
            cell.isEmpty() || cell.equals("-") || cell.matches("\\+[0-9][0-9 ()./-]*");
        assertThat(harmless || "=+-@\t\r".indexOf(cell.charAt(0)) < 0).as(cell).isTrue();
      }
    }
  }

  @Example
  void aGivenPasswordIsToBeEnteredAgainWhicheverWayItWasGiven() {
    List<String> columns = List.of("UserPrincipalName", "Password");

    assertThat(FailuresCsv.cells(columns, failed(1, Map.of("Password", "(enter again)"))))
        .startsWith(null, "(enter again)");
    assertThat(FailuresCsv.cells(columns, failed(1, Map.of("PasswordHash", "(enter again)"))))
        .startsWith(null, "(enter again)");
  }

  @Provide
  Arbitrary<List<List<String>>> files() {
    Arbitrary<String> cells =
        Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.strings().withChars("=+-@'\"\t\r\n,; aÜ地1()./").ofMaxLength(8)),
            Tuple.of(
                1,
                Arbitraries.of(
                    "-",
                    "'",
                    "''",
                    "=1+1",
                    "'=1+1",
                    "''=1",
                    "+49 30 12",
                    "'+49 30 12",
                    "a\r\nb",
                    "\"",
                    "\"\"",
                    "- ",
                    "'-",
                    "--",
                    "\t",
                    "ﷺ",
                    "#x")));
    return cells.list().ofSize(COLUMNS.size()).list().ofMinSize(1).ofMaxSize(5);
  }

  /**
   * docs/csv.md: the reader takes one apostrophe off a cell that would be a formula without all.
   */
  private static String taken(String cell) {
    return cell.matches("(?s)'+[=+\\-@\t\r].*") ? cell.substring(1) : cell;
  }

  private static byte[] written(List<List<String>> rows) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SafeCsv csv = new SafeCsv(out);
    long number = 1;
    for (List<String> row : rows) {
      Map<String, String> cells = new HashMap<>();
      for (int column = 0; column < COLUMNS.size(); column++) {
        cells.put(COLUMNS.get(column), row.get(column));
      }
      csv.write(FailuresCsv.cells(COLUMNS, failed(number++, cells)));
    }
    csv.flush();
    return out.toByteArray();
  }

  private static List<CsvRecord> read(byte[] file) {
    assertThat(file).startsWith(0xEF, 0xBB, 0xBF);
    String text = new String(file, StandardCharsets.UTF_8).substring(1);
    return CsvReader.builder()
        .ofCsvRecord(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
        .stream()
        .toList();
  }

  private static FailedRow failed(long number, Map<String, String> cells) {
    return new FailedRow(
        new WrittenRow(number, null, null, Operation.ADD, null, cells),
        new RowAnswer(
            number,
            null,
            null,
            RowOutcome.FAILED,
            RowCode.USER_NOT_FOUND,
            "=Message",
            "Remedy.",
            Map.of(Part.USER, PartOutcome.REJECTED)));
  }
}

package io.muster.bulkingest.upload;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.muster.bulkingest.spool.Column;
import io.muster.bulkingest.spool.SpooledRow;
import io.muster.bulkingest.upload.rule.ColumnsThatCount;
import io.muster.contracts.command.Operation;
import io.muster.contracts.result.RowCode;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A failures.csv, uploaded as it is, says of every row what the first file said. */
class FailuresComeBackTest {
  /** The gateway's rule for cells that go out, SafeCell. */
  private static final Pattern PLAIN_PHONE = Pattern.compile("\\+[0-9][0-9 ()./-]*");

  /** A file with the columns that it has. */
  record File(Operation operation, String role, List<Column> columns, List<List<String>> rows) {}

  @Property(tries = 250)
  void everyRowIsReadAndJudgedTheSameAgain(@ForAll("files") File file) throws IOException {
    Path directory = Files.createTempDirectory("failures");
    try (Upload upload = new Upload(directory)) {
      upload.operation(file.operation()).roles(file.role());
      Upload.Outcome first = upload.of(StandardCharsets.UTF_8, written(file));

      Upload.Outcome again = upload.of(StandardCharsets.UTF_8, failuresOf(first));

      assertThat(again.split().file().unknownColumns()).isEmpty();
      assertThat(again.rows()).hasSameSizeAs(first.rows());
      for (int i = 0; i < first.rows().size(); i++) {
        sameRow(first.rows().get(i), again.rows().get(i));
      }
    } finally {
      delete(directory);
    }
  }

  private static void sameRow(SpooledRow first, SpooledRow again) {
    assertThat(again.operation()).isEqualTo(first.operation());
    for (Column column : Column.all()) {
      assertThat(cell(again, column)).as(column.canonical()).isEqualTo(cell(first, column));
    }
    if (hadASecretThatCounted(first)) {
      assertThat(again.isRefused()).isTrue();
      // A secret's own fault hides faults that are looked for after it.
      if (!first.isRefused()) {
        assertThat(again.refusal().code()).isEqualTo(RowCode.MISSING_VALUE);
        assertThat(again.refusal().column()).isEqualTo(Column.PASSWORD);
      }
      return;
    }
    assertThat(again.refusal()).isEqualTo(first.refusal());
    for (Column column : Column.all()) {
      if (!column.isSecret()) {
        assertThat(again.value(column)).isEqualTo(first.value(column));
      }
    }
    assertThat(again.licenses()).isEqualTo(first.licenses());
    assertThat(again.exactLicenses()).isEqualTo(first.exactLicenses());
  }

  private static boolean hadASecretThatCounted(SpooledRow row) {
    return row.operation() != null
        && ColumnsThatCount.count(row.operation(), Column.PASSWORD)
        && "(enter again)".equals(row.cell(Column.PASSWORD))
        && (!row.isRefused()
            || row.refusal().column() == null
            || row.refusal().column().isSecret());
  }

  /** What the gateway writes: a hash comes back as a password to be entered. */
  private static String cell(SpooledRow row, Column column) {
    String cell = column == Column.PASSWORD_HASH ? null : row.cell(column);
    return cell == null ? "" : cell;
  }

  private static String written(File file) throws IOException {
    StringWriter text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().build(text)) {
      csv.writeRecord(file.columns().stream().map(Column::canonical).toList());
      for (List<String> row : file.rows()) {
        csv.writeRecord(row);
      }
    }
    return text.toString();
  }

  /** As the gateway's FailuresCsv does it, all rows in it. */
  private static String failuresOf(Upload.Outcome outcome) throws IOException {
    List<String> columns =
        outcome.split().file().columns().stream()
            .map(column -> column.equals("PasswordHash") ? "Password" : column)
            .distinct()
            .toList();
    StringWriter text = new StringWriter();
    text.write('\uFEFF');
    try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(text)) {
      List<String> header = new ArrayList<>(columns);
      header.addAll(List.of("RowNumber", "ErrorCode", "ErrorMessage"));
      csv.writeRecord(header);
      for (SpooledRow row : outcome.rows()) {
        Map<String, String> written = row.written().columns();
        List<String> cells = new ArrayList<>();
        columns.forEach(column -> cells.add(safe(written.get(column))));
        cells.add(Long.toString(row.row()));
        cells.add(row.isRefused() ? row.refusal().code().name() : "USER_NOT_FOUND");
        cells.add(safe(row.isRefused() ? row.refusal().detail() : "-"));
        csv.writeRecord(cells);
      }
    }
    return text.toString();
  }

  private static String safe(String text) {
    if (text == null || text.isEmpty()) {
      return "";
    }
    boolean startsAFormula = text.matches("(?s)'*[=+\\-@\t\r].*");
    return !startsAFormula || text.equals("-") || PLAIN_PHONE.matcher(text).matches()
        ? text
        : "'" + text;
  }

  @Provide
  Arbitrary<File> files() {
    Arbitrary<List<Column>> columns =
        Arbitraries.shuffle(Column.all())
            .flatMap(
                all -> Arbitraries.integers().between(1, all.size()).map(n -> all.subList(0, n)))
            .map(FailuresComeBackTest::withName);
    return Combinators.combine(
            Arbitraries.of(Operation.class),
            Arbitraries.of("tenant-admin", "tenant-admin", "password-admin"),
            columns)
        .flatAs(
            (operation, role, some) ->
                rows(some).map(rows -> new File(operation, role, some, rows)));
  }

  private static List<Column> withName(List<Column> some) {
    List<Column> columns = new ArrayList<>(some);
    if (!columns.contains(Column.USER_PRINCIPAL_NAME)) {
      columns.add(Column.USER_PRINCIPAL_NAME);
    }
    return columns;
  }

  private static Arbitrary<List<List<String>>> rows(List<Column> columns) {
    return Combinators.combine(columns.stream().map(FailuresComeBackTest::cells).toList())
        .as(cells -> cells)
        .list()
        .ofMinSize(1)
        .ofMaxSize(12)
        .map(
            rows -> {
              List<List<String>> numbered = new ArrayList<>();
              for (int i = 0; i < rows.size(); i++) {
                String row = Integer.toString(i);
                numbered.add(rows.get(i).stream().map(cell -> cell.replace("#", row)).toList());
              }
              return numbered;
            });
  }

  private static Arbitrary<String> cells(Column column) {
    Arbitrary<String> odd =
        Arbitraries.strings()
            .withChars("='+-@\t\r\n\",; \u00A0aZ9Z\u00eb\u6f22\uFFFD\u0000\u0007")
            .ofMaxLength(6);
    Arbitrary<String> fitting =
        switch (column) {
          case USER_PRINCIPAL_NAME ->
              Arbitraries.of("u#@contoso.com", " u#@x.com ", "'=u#@x.com", "''=u#@x.com");
          case ACTION ->
              Arbitraries.of("", "add", "Set-Password", "set", "enable", "remove", "dance");
          case PASSWORD -> Arbitraries.of("", "Xk4-Vorn-Lapi-92", "weak", "(enter again)");
          case PASSWORD_HASH -> Arbitraries.of("", "5f4dcc3b", "{bcrypt}$2a$10$tooshort");
          case LICENSES -> Arbitraries.of("", "-", "E3", "E3; VISIO", ";", "E3;-");
          case BLOCK_SIGN_IN, PROTECTED, MUST_CHANGE_PASSWORD ->
              Arbitraries.of("", "Yes", "no", "Active");
          case USAGE_LOCATION -> Arbitraries.of("", "de", "US", "-", "XX");
          default ->
              Arbitraries.of(
                  "", "-", "'-", "+49 30 1234", "=1+1", "'=1", "''=1", "A, \"B\"", "a\r\nb");
        };
    return Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(4, fitting), net.jqwik.api.Tuple.of(1, odd));
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}

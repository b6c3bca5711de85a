package io.muster.cli.submit;

import static io.muster.cli.StandInGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.muster.cli.Jobs;
import io.muster.cli.MusterRun;
import io.muster.cli.StandInGateway;
import io.muster.contracts.command.AccountProperty;
import io.muster.contracts.command.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files of the folder examples, by the rules of API.md that a client can check. */
class ExamplesTest {
  private static final Path FOLDER = Path.of(System.getProperty("muster.home"), "examples");
  private static final Set<String> FURTHER_COLUMNS =
      Set.of(
          "UserPrincipalName",
          "Password",
          "NewPassword",
          "MustChangePassword",
          "Licenses",
          "Action");
  private static final Pattern NAME =
      Pattern.compile("[\\p{L}\\p{N}!#$%&'*+\\-/=?^_`{|}~.]+@contoso[.]com");

  private final StandInGateway gateway = new StandInGateway();

  @AfterEach
  void stop() {
    gateway.close();
  }

  static Stream<Path> files() throws IOException {
    return Files.list(FOLDER).filter(file -> file.toString().endsWith(".csv")).sorted();
  }

  @ParameterizedTest
  @MethodSource("files")
  void every_cell_is_one_that_its_column_takes(Path file) throws IOException {
    List<NamedCsvRecord> rows = rows(file);

    assertThat(rows).isNotEmpty();
    for (String column : rows.get(0).getHeader()) {
      assertThat(FURTHER_COLUMNS.contains(column) || property(column) != null).as(column).isTrue();
    }
    for (NamedCsvRecord row : rows) {
      assertThat(row.getFieldCount()).isEqualTo(row.getHeader().size());
      assertThat(row.getField("UserPrincipalName")).matches(NAME);
      row.getFieldsAsMap().forEach(ExamplesTest::check);
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void it_reaches_the_service_byte_by_byte(Path file) throws IOException {
    gateway.on("POST /v1/jobs", json(202, Jobs.running(1, 0)));

    MusterRun run =
        MusterRun.of(gateway.at("import", file.toString(), "--operation", operation(file).word()));

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(gateway.requests().get(0).body()).isEqualTo(Files.readAllBytes(file));
  }

  @Test
  void there_is_one_for_every_operation_and_one_with_all_actions_but_restore() throws IOException {
    assertThat(files().map(file -> file.getFileName().toString()))
        .containsAll(Arrays.stream(Operation.values()).map(o -> o.word() + ".csv").toList());
    assertThat(rows(FOLDER.resolve("mixed.csv")).stream().map(ExamplesTest::action))
        .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.of(Operation.RESTORE)));
  }

  @Test
  void the_page_imports_every_one() throws IOException {
    String page = Files.readString(FOLDER.resolve("README.md"));

    assertThat(files())
        .allSatisfy(
            file ->
                assertThat(page)
                    .contains(
                        "./muster import examples/"
                            + file.getFileName()
                            + " --operation "
                            + operation(file).word()
                            + " --watch\n"));
  }

  private static void check(String column, String cell) {
    AccountProperty property = property(column);
    if (property != null) {
      assertThat(cell.codePointCount(0, cell.length())).isLessThanOrEqualTo(property.maxLength());
    }
    if (column.equals("UsageLocation") && !cell.isEmpty()) {
      assertThat(cell).matches("[A-Z]{2}");
    }
    if (column.endsWith("Password") && !column.startsWith("Must") && !cell.isEmpty()) {
      assertThat(cell.length()).isBetween(12, 256);
    }
  }

  private static Operation operation(Path file) {
    String name = file.getFileName().toString().replace(".csv", "");
    return switch (name) {
      case "mixed" -> Operation.SET;
      case "password-reset" -> Operation.SET_PASSWORD;
      default -> Operation.of(name).orElseThrow();
    };
  }

  private static Operation action(NamedCsvRecord row) {
    return Operation.of(row.getField("Action")).orElseThrow();
  }

  private static AccountProperty property(String column) {
    return AccountProperty.inFiles().stream()
        .filter(property -> property.column().equals(column))
        .findFirst()
        .orElse(null);
  }

  private static List<NamedCsvRecord> rows(Path file) throws IOException {
    try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(file)) {
      return csv.stream().toList();
    }
  }
}

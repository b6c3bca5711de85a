package io.muster.bulkingest.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.contracts.command.Operation;
import io.muster.contracts.result.RowCode;
import io.muster.sealing.Keysets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.LongFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpoolTest {
  private static final UUID JOB = UUID.fromString("0199a0b0-0000-7000-8000-000000000001");

  private final Keysets keysets = Keysets.inMemory();
  @TempDir Path directory;
  private FileUploadStore store;
  private Spools spools;

  @BeforeEach
  void aStore() throws IOException {
    store = FileUploadStore.at(directory);
    spools = new Spools(store, keysets);
  }

  @AfterEach
  void noStore() throws IOException {
    store.close();
  }

  @Test
  void whatIsWrittenIsReadFromAnyRowOn() throws IOException {
    spool(3_500, SpoolTest::user);

    try (SpoolReader reader = spools.open("contoso", JOB)) {
      assertThat(reader.total()).isEqualTo(3_500);
      for (long row : new long[] {1, 2, 1_000, 1_001, 3_500, 1_500, 1_499, 1_502, 2_999, 1}) {
        reader.seek(row);
        assertThat(reader.next().userPrincipalName()).isEqualTo("user" + row + "@contoso.com");
        assertThat(row == 3_500 ? null : reader.next().row())
            .isEqualTo(row == 3_500 ? null : row + 1);
      }
      reader.seek(3_501);
      assertThat(reader.next()).isNull();
    }
  }

  @Test
  void everyPartOfARowComesBack() throws IOException {
    String[] cells = new String[Column.all().size()];
    String[] values = new String[cells.length];
    Arrays.fill(cells, "as written ");
    Arrays.fill(values, "takes effect");
    cells[Column.CITY.ordinal()] = "same";
    values[Column.CITY.ordinal()] = "same";
    cells[Column.OFFICE.ordinal()] = "";
    values[Column.OFFICE.ordinal()] = null;
    cells[Column.UNIT.ordinal()] = null;
    SpooledRow row =
        new SpooledRow(
            1,
            Operation.SET_LICENSES,
            cells.clone(),
            values.clone(),
            true,
            false,
            List.of("E3", "E5"),
            new RowRefusal(RowCode.NO_SEATS_LEFT, "Zoë, 漢 😀", Column.LICENSES));
    spool(1, number -> row);

    try (SpoolReader reader = spools.open("contoso", JOB)) {
      SpooledRow read = reader.next();
      for (Column column : Column.all()) {
        assertThat(read.cell(column)).isEqualTo(cells[column.ordinal()]);
        assertThat(read.value(column)).isEqualTo(values[column.ordinal()]);
      }
      assertThat(read.operation()).isEqualTo(Operation.SET_LICENSES);
      assertThat(read.active()).isTrue();
      assertThat(read.protectedAccount()).isFalse();
      assertThat(read.exactLicenses()).containsExactly("E3", "E5");
      assertThat(read.refusal()).isEqualTo(row.refusal());
      assertThat(read.written().columns())
          .containsEntry("City", "same")
          .containsEntry("Office", "");
    }
  }

  @Test
  void aRowThatMakesItsAccountStaysOneInTheSpoolAndInEveryChild() throws IOException {
    List<SpooledRow> rows =
        List.of(
            licensed(1, Operation.ENABLE, List.of()),
            licensed(2, Operation.ENABLE, List.of()).creating(),
            licensed(3, Operation.ENABLE, List.of()).creating().withoutGenerating().again(3),
            licensed(4, Operation.ADD, List.of()).withoutGenerating(),
            licensed(5, Operation.ENABLE, List.of()).withoutGenerating().creating().reverting(5));
    spool(rows.size(), number -> rows.get((int) number - 1));

    try (SpoolReader reader = spools.open("contoso", JOB)) {
      List<Boolean> creating = new ArrayList<>();
      List<Boolean> generating = new ArrayList<>();
      for (SpooledRow row = reader.next(); row != null; row = reader.next()) {
        creating.add(row.create());
        generating.add(row.generates());
      }
      assertThat(creating).containsExactly(false, true, true, false, true);
      assertThat(generating).containsExactly(true, true, false, false, false);
    }
    assertThatThrownBy(() -> licensed(1, Operation.ADD, List.of()).creating())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRowOfAJobThatGrowsOpensUnderItsNumberAlone() throws IOException {
    byte[] sealed = spools.sealNumbered("contoso", JOB, user(7));

    assertThat(spools.openNumbered("contoso", JOB, 7, sealed).userPrincipalName())
        .isEqualTo("user7@contoso.com");
    assertThatThrownBy(() -> spools.openNumbered("contoso", JOB, 8, sealed))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> spools.openNumbered("fabrikam", JOB, 7, sealed))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> spools.open("contoso", JOB, sealed)).isInstanceOf(IOException.class);
  }

  @Test
  void licensesAreForTheOperationThatTakesThem() throws IOException {
    List<String> some = List.of("E3");
    List<SpooledRow> rows =
        List.of(
            licensed(1, Operation.SET_LICENSES, null),
            licensed(2, Operation.SET_LICENSES, List.of()),
            licensed(3, Operation.SET_LICENSES, some),
            licensed(4, Operation.ENABLE, some),
            licensed(5, Operation.ENABLE, List.of()),
            licensed(6, Operation.REMOVE, List.of()),
            licensed(7, Operation.SET_PASSWORD, List.of()));
    spool(rows.size(), number -> rows.get((int) number - 1));

    try (SpoolReader reader = spools.open("contoso", JOB)) {
      List<List<String>> exact = new ArrayList<>();
      List<List<String>> taken = new ArrayList<>();
      List<Integer> parts = new ArrayList<>();
      for (SpooledRow row = reader.next(); row != null; row = reader.next()) {
        exact.add(row.exactLicenses());
        taken.add(row.licenses());
        parts.add(row.parts().size());
      }
      assertThat(exact).containsExactly(null, List.of(), some, null, null, null, null);
      assertThat(taken)
          .containsExactly(List.of(), List.of(), List.of(), some, List.of(), List.of(), List.of());
      assertThat(parts).containsExactly(1, 2, 2, 2, 1, 2, 1);
    }
  }

  private static SpooledRow licensed(long row, Operation operation, List<String> licenses) {
    String[] cells = new String[Column.all().size()];
    cells[Column.USER_PRINCIPAL_NAME.ordinal()] = "user" + row + "@contoso.com";
    return new SpooledRow(row, operation, cells, cells, false, null, licenses, null);
  }

  @Test
  void theListsOfTheFormatHoldEveryWord() {
    assertThat(RowFormat.COLUMNS).containsExactlyInAnyOrder(Column.values());
    assertThat(RowFormat.OPERATIONS).containsExactlyInAnyOrder(Operation.values());
    assertThat(RowFormat.CODES).containsExactlyInAnyOrder(RowCode.values());
  }

  @Test
  void duplicatesAreRefusedRowsThatNameTheFirst() throws IOException {
    spool(5_000, row -> row % 1_000 == 7 && row > 7 ? named(row, "USER7@contoso.com") : user(row));

    try (SpoolReader reader = spools.open("contoso", JOB)) {
      for (SpooledRow row = reader.next(); row != null; row = reader.next()) {
        boolean duplicate = row.row() % 1_000 == 7 && row.row() > 7;
        assertThat(row.isRefused()).isEqualTo(duplicate);
        if (duplicate) {
          assertThat(row.refusal().code()).isEqualTo(RowCode.DUPLICATE_ROW);
          assertThat(row.refusal().detail()).contains("row 7 ");
        }
      }
    }
  }

  @Test
  void refusedRowsAreFoundWithoutReadingTheOthers() throws IOException {
    spool(
        9_000,
        row ->
            row == 10 || row == 8_999
                ? refused(row)
                : row == 4_000 ? named(row, "user3@contoso.com") : user(row));

    try (SpoolReader reader = spools.open("contoso", JOB)) {
      assertThat(reader.nextRefused().row()).isEqualTo(10);
      assertThat(reader.nextRefused().refusal().code()).isEqualTo(RowCode.DUPLICATE_ROW);
      assertThat(reader.nextRefused().row()).isEqualTo(8_999);
      assertThat(reader.nextRefused()).isNull();
      reader.seek(10);
      assertThat(reader.nextRefused().row()).isEqualTo(10);
      reader.seek(4_001);
      assertThat(reader.nextRefused().row()).isEqualTo(8_999);
      reader.seek(11);
      assertThat(reader.nextRefused().row()).isEqualTo(4_000);
    }
  }

  @Test
  void anEmptySpoolHasNoRows() throws IOException {
    spool(0, SpoolTest::user);

    try (SpoolReader reader = spools.open("contoso", JOB)) {
      assertThat(reader.total()).isZero();
      assertThat(reader.next()).isNull();
      assertThat(reader.nextRefused()).isNull();
    }
  }

  @Test
  void anotherTenantCannotOpenIt() throws IOException {
    spool(10, SpoolTest::user);

    assertThatThrownBy(() -> spools.open("fabrikam", JOB)).isInstanceOf(IOException.class);
  }

  @Test
  void anotherJobsSpoolInItsPlaceIsRefused() throws IOException {
    spool(10, SpoolTest::user);
    UUID other = UUID.randomUUID();
    Files.move(directory.resolve(JOB.toString()), directory.resolve(other.toString()));

    assertThatThrownBy(() -> spools.open("contoso", other)).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rows", "index"})
  void aPartThatWasCutShortIsFoundWhenItIsOpened(String part) throws IOException {
    spool(5_000, SpoolTest::user);
    Path file = directory.resolve(JOB.toString()).resolve(part);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 20));

    assertThatThrownBy(() -> spools.open("contoso", JOB)).isInstanceOf(IOException.class);
  }

  @Test
  void aSpoolThatIsGoneIsCalledSo() {
    assertThatThrownBy(() -> spools.open("contoso", JOB)).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void aSingleRowIsSealedForItsJobAlone() throws IOException {
    byte[] sealed = spools.seal("contoso", JOB, user(1));

    SpooledRow row = spools.open("contoso", JOB, sealed);

    assertThat(row.userPrincipalName()).isEqualTo("user1@contoso.com");
    assertThatThrownBy(() -> spools.open("contoso", UUID.randomUUID(), sealed))
        .isInstanceOf(IOException.class);
  }

  private void spool(long rows, LongFunction<SpooledRow> content) throws IOException {
    try (UploadStore.Draft draft = store.draft(JOB)) {
      try (SpoolWriter writer = new SpoolWriter(draft, keysets, "contoso", JOB, 1 << 20)) {
        for (long row = 1; row <= rows; row++) {
          writer.write(content.apply(row));
        }
        writer.finish();
      }
      draft.keep();
    }
  }

  private static SpooledRow user(long row) {
    return named(row, "user" + row + "@contoso.com");
  }

  private static SpooledRow refused(long row) {
    return SpooledRow.malformed(
        row, Operation.ADD, new RowRefusal(RowCode.MALFORMED_ROW, "A quote is open.", null));
  }

  static SpooledRow named(long row, String name) {
    String[] cells = new String[Column.all().size()];
    cells[Column.USER_PRINCIPAL_NAME.ordinal()] = name;
    cells[Column.DISPLAY_NAME.ordinal()] = "User " + row;
    return new SpooledRow(row, Operation.ADD, cells, cells, false, null, List.of(), null);
  }
}

package io.muster.bulkingest.child;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.bulkingest.spool.Column;
import io.muster.bulkingest.spool.FileUploadStore;
import io.muster.bulkingest.spool.RowRefusal;
import io.muster.bulkingest.spool.SpoolReader;
import io.muster.bulkingest.spool.SpoolWriter;
import io.muster.bulkingest.spool.SpooledRow;
import io.muster.bulkingest.spool.Spools;
import io.muster.bulkingest.spool.UploadStore;
import io.muster.contracts.command.Operation;
import io.muster.contracts.result.RowCode;
import io.muster.sealing.Keysets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParentRowsTest {
  private static final UUID PARENT = UUID.fromString("0199a0b0-0000-7000-8000-000000000001");
  private static final UUID CHILD = UUID.fromString("0199a0b0-0000-7000-8000-000000000002");

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

  @ParameterizedTest
  @ValueSource(ints = {10, 5_000})
  void backwardsIsTheReverseOfForwardsWhateverIsWantedAndHoweverLongRowsAre(int length)
      throws IOException {
    spool(PARENT, 3_500, row -> user(row, "x".repeat(length)));
    Random random = new Random(7);
    for (double share : new double[] {0, 0.001, 0.5, 1}) {
      BitSet wanted = new BitSet();
      for (int row = 1; row <= 3_600; row++) {
        wanted.set(row, random.nextDouble() < share);
      }
      List<Long> forwards = new ArrayList<>();
      List<Long> backwards = new ArrayList<>();

      try (ParentRows rows = ParentSpool.open(spools, "contoso", PARENT, null)) {
        rows.forwards(wanted, row -> forwards.add(row.row()));
        rows.backwards(wanted, row -> backwards.add(row.row()));
      }

      assertThat(forwards)
          .hasSameSizeAs(wanted.stream().filter(row -> row <= 3_500 && row % 10 != 0).toArray());
      Collections.reverse(forwards);
      assertThat(backwards).isEqualTo(forwards);
    }
  }

  @Test
  void aChildsRowsKnowWhereTheyComeFrom() throws IOException {
    spool(PARENT, 3, row -> user(row, "sealed"));
    SpooledRow second;
    try (SpoolReader reader = spools.open("contoso", PARENT)) {
      reader.seek(2);
      second = reader.next();
    }
    SpooledRow retried = second.again(1);
    SpooledRow undone = second.reverting(2);

    spool(CHILD, 3, row -> row == 1 ? retried : row == 2 ? undone : undone.again(3));

    try (SpoolReader reader = spools.open("contoso", CHILD)) {
      SpooledRow again = reader.next();
      assertThat(again.written().parentRow()).isEqualTo(2);
      assertThat(again.revertedRow()).isZero();
      assertThat(again.sealedPassword()).as("as it was sealed").isEqualTo("sealed");
      SpooledRow reverting = reader.next();
      assertThat(reverting.parentRow()).isEqualTo(2);
      assertThat(reverting.revertedRow()).isEqualTo(2);
      assertThat(reverting.sealedPassword()).as("no use for secrets").isNull();
      SpooledRow againReverting = reader.next();
      assertThat(againReverting.parentRow()).as("of the undo").isEqualTo(2);
      assertThat(againReverting.revertedRow()).as("of what is undone").isEqualTo(2);
    }
    try (SpoolReader reader = spools.open("contoso", PARENT)) {
      assertThat(reader.next().written().parentRow()).isNull();
    }
  }

  private interface Rows {
    SpooledRow row(long number);
  }

  private void spool(UUID job, int count, Rows rows) throws IOException {
    try (UploadStore.Draft draft = store.draft(job);
        SpoolWriter writer = new SpoolWriter(draft, keysets, "contoso", job, 1 << 20)) {
      for (int row = 1; row <= count; row++) {
        writer.write(rows.row(row));
      }
      writer.finish();
      draft.keep();
    }
  }

  /** Every tenth was refused at the door. */
  private static SpooledRow user(long row, String password) {
    String[] cells = new String[Column.all().size()];
    cells[Column.USER_PRINCIPAL_NAME.ordinal()] = "user" + row + "@contoso.com";
    String[] values = cells.clone();
    values[Column.PASSWORD.ordinal()] = password;
    RowRefusal refusal =
        row % 10 == 0 ? new RowRefusal(RowCode.INVALID_VALUE, "No.", Column.CITY) : null;
    return new SpooledRow(
        row, Operation.ENABLE, cells, values, false, null, List.of("E3"), refusal);
  }
}

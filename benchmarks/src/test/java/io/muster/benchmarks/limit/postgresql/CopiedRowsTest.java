package io.muster.benchmarks.limit.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopiedRowsTest {
  private static final int TEXT = 25;
  private static final int TEXT_ARRAY = 1009;
  private static final int HEADER = 5 * Integer.BYTES;

  @TempDir private Path folder;

  @Test
  void rows_become_an_array_for_each_column_with_its_nulls() throws IOException {
    // Given
    Path file = copied(new String[][] {{"a", null}, {"bc", "d"}});

    // When
    ColumnValues[] columns = twoColumns();
    try (CopiedRows rows = CopiedRows.open(file)) {
      assertThat(rows.next(10, columns)).isEqualTo(2);
    }

    // Then
    ByteBuffer first = ByteBuffer.wrap(columns[0].array());
    assertThat(Arrays.asList(first.getInt(), first.getInt(), first.getInt(), first.getInt()))
        .as("dimensions, nulls, type, length")
        .containsExactly(1, 0, TEXT, 2);
    ByteBuffer second = ByteBuffer.wrap(columns[1].array());
    assertThat(second.getInt(Integer.BYTES)).as("has nulls").isEqualTo(1);
    assertThat(second.getInt(HEADER)).as("the null's length").isEqualTo(-1);
  }

  @Test
  void batches_go_on_where_the_last_one_ended() throws IOException {
    // Given
    Path file = copied(new String[][] {{"a", "1"}, {"b", "2"}, {"c", "3"}});

    try (CopiedRows rows = CopiedRows.open(file)) {
      rows.next(2, twoColumns());

      // When
      ColumnValues[] rest = twoColumns();
      int read = rows.next(2, rest);

      // Then
      assertThat(read).isEqualTo(1);
      byte[] array = rest[0].array();
      assertThat(array[array.length - 1]).isEqualTo((byte) 'c');
    }
  }

  @Test
  void values_of_other_batches_can_be_added() throws IOException {
    // Given
    Path file = copied(new String[][] {{"a", null}, {"b", "2"}});
    ColumnValues[] one = twoColumns();
    ColumnValues[] other = twoColumns();
    try (CopiedRows rows = CopiedRows.open(file)) {
      rows.next(1, one);
      rows.next(1, other);
    }

    // When
    other[1].add(one[1]);

    // Then
    ByteBuffer array = ByteBuffer.wrap(other[1].array());
    assertThat(array.getInt(Integer.BYTES)).as("has nulls").isEqualTo(1);
    assertThat(array.getInt(3 * Integer.BYTES)).as("length").isEqualTo(2);
  }

  @Test
  void another_file_is_refused_by_name() throws IOException {
    // Given
    Path file = folder.resolve("other");
    Files.writeString(file, "id,name\n1,a\n");

    // When / Then
    assertThatThrownBy(() -> CopiedRows.open(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("binary COPY")
        .hasMessageContaining(file.toString());
  }

  private static ColumnValues[] twoColumns() {
    return new ColumnValues[] {
      new ColumnValues(TEXT_ARRAY, TEXT), new ColumnValues(TEXT_ARRAY, TEXT)
    };
  }

  /** As PostgreSQL writes it. */
  private Path copied(String[][] rows) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.write(new byte[] {'P', 'G', 'C', 'O', 'P', 'Y', '\n', -1, '\r', '\n', 0});
      out.writeInt(0);
      out.writeInt(0);
      for (String[] row : rows) {
        out.writeShort(row.length);
        for (String value : row) {
          if (value == null) {
            out.writeInt(-1);
          } else {
            byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
            out.writeInt(utf8.length);
            out.write(utf8);
          }
        }
      }
      out.writeShort(-1);
    }
    Path file = folder.resolve("rows");
    Files.write(file, bytes.toByteArray());
    return file;
  }
}

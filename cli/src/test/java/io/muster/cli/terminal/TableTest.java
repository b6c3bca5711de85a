package io.muster.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TableTest {
  @Property(tries = 200)
  void no_line_is_wider_than_the_terminal(
      @ForAll @Size(3) java.util.List<String> cells,
      @ForAll @IntRange(min = 20, max = 200) int width) {
    Table table = new Table("A", "B", "C");
    table.row(cells.toArray());

    assertThat(table.render(width).lines())
        .hasSize(2)
        .allMatch(line -> DisplayText.width(line) <= width);
  }

  @Test
  void wide_letters_keep_the_columns_straight() {
    Table table = new Table("NAME", "STATE");
    table.row("佐藤 翔太", "ACTIVE");
    table.row("Ann", "DISABLED");

    assertThat(table.render(80))
        .isEqualTo("NAME       STATE\n佐藤 翔太  ACTIVE\nAnn        DISABLED\n");
  }

  @Test
  void what_must_stay_whole_stays_whole_however_narrow_it_gets() {
    Table table = new Table("ID", "TEXT").keepWhole("ID");
    table.row("01990a3c-7d1e-7000-8000-000000000001", "a long text that can be cut");

    assertThat(table.render(45)).contains("01990a3c-7d1e-7000-8000-000000000001  a long…");
  }

  @Test
  void marks_take_no_column() {
    assertThat(DisplayText.width("Ọ̀ṣúndàre")).isEqualTo(8);
    assertThat(DisplayText.fit("दीपिका शर्मा", 5)).endsWith("…");
  }
}

package io.muster.cli.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A table that fits the terminal: when it is too wide, the widest columns give way first and their
 * cells end in an ellipsis. Not thread-safe.
 */
public final class Table {
  private static final String GAP = "  ";
  private static final int NARROWEST = 4;

  private final List<String> headings;
  private final List<List<String>> rows = new ArrayList<>();
  private final boolean[] fixed;

  /** A table with these headings. */
  public Table(String... headings) {
    this.headings = List.of(headings);
    this.fixed = new boolean[headings.length];
  }

  /** This column is never cut: ids and names that people copy. */
  public Table keepWhole(String heading) {
    fixed[headings.indexOf(heading)] = true;
    return this;
  }

  /**
   * Adds a row.
   *
   * @param cells one per heading; null shows as empty
   */
  public void row(Object... cells) {
    if (cells.length != headings.size()) {
      throw new IllegalArgumentException(
          "a row of " + cells.length + " cells under " + headings.size() + " headings");
    }
    rows.add(
        Arrays.stream(cells)
            .map(cell -> cell == null ? "" : DisplayText.visible(cell.toString()))
            .toList());
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** Whether nothing has to be cut. */
  boolean fits(int terminalWidth) {
    return total(measured()) <= terminalWidth;
  }

  /**
   * The whole table, each line ended by a line feed.
   *
   * @param terminalWidth columns at most, as far as the columns kept whole allow
   */
  public String render(int terminalWidth) {
    int[] widths = measured();
    narrow(widths, terminalWidth);
    StringBuilder text = new StringBuilder();
    line(headings, widths, text);
    rows.forEach(row -> line(row, widths, text));
    return text.toString();
  }

  private int[] measured() {
    int[] widths = new int[headings.size()];
    measure(headings, widths);
    rows.forEach(row -> measure(row, widths));
    return widths;
  }

  private static long total(int[] widths) {
    return Arrays.stream(widths).asLongStream().sum() + (long) GAP.length() * (widths.length - 1);
  }

  private static void measure(List<String> cells, int[] widths) {
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(widths[i], DisplayText.width(cells.get(i)));
    }
  }

  private void narrow(int[] widths, int terminalWidth) {
    while (total(widths) > terminalWidth) {
      int widest = -1;
      for (int i = 0; i < widths.length; i++) {
        if (!fixed[i] && widths[i] > NARROWEST && (widest < 0 || widths[i] > widths[widest])) {
          widest = i;
        }
      }
      if (widest < 0) {
        return;
      }
      widths[widest]--;
    }
  }

  private static void line(List<String> cells, int[] widths, StringBuilder text) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = DisplayText.fit(cells.get(i), widths[i]);
      line.append(i == 0 ? "" : GAP).append(cell);
      line.append(" ".repeat(widths[i] - DisplayText.width(cell)));
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }
}

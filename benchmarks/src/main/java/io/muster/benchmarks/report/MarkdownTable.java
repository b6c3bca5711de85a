package io.muster.benchmarks.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A table of GitHub's Markdown; figures stand to the right. */
final class MarkdownTable {
  private final List<String> lines = new ArrayList<>();
  private final int columns;

  /**
   * An empty table.
   *
   * @param texts how many of the first columns hold words
   */
  MarkdownTable(int texts, List<String> headers) {
    this.columns = headers.size();
    lines.add(line(headers));
    List<String> rule = new ArrayList<>(Collections.nCopies(texts, "---"));
    rule.addAll(Collections.nCopies(columns - texts, "---:"));
    lines.add(line(rule));
  }

  void row(List<String> cells) {
    if (cells.size() != columns) {
      throw new IllegalArgumentException(cells.size() + " cells for " + columns + " columns");
    }
    lines.add(line(cells));
  }

  private static String line(List<String> cells) {
    return "| "
        + String.join(
            " | ", cells.stream().map(cell -> cell.replace("|", "\\|").replace('\n', ' ')).toList())
        + " |";
  }

  @Override
  public String toString() {
    return String.join("\n", lines) + "\n";
  }
}

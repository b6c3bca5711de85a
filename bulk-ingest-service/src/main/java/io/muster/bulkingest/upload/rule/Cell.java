package io.muster.bulkingest.upload.rule;

/** What is taken off a cell before it counts. */
public final class Cell {
  private Cell() {}

  /** Without the blanks around it. */
  public static String trimmed(String cell) {
    int start = 0;
    int end = cell.length();
    while (start < end && isBlank(cell.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(cell.charAt(end - 1))) {
      end--;
    }
    return cell.substring(start, end);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\u00A0';
  }
}

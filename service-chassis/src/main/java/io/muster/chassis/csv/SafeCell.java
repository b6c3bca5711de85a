package io.muster.chassis.csv;

import java.util.regex.Pattern;

/**
 * A cell that a spreadsheet doesn't take for a formula: one that could start one gets a leading
 * {@code '}, which our reader takes off again. So does one whose own apostrophes would look like
 * that: {@link #text} gives back whatever {@link #of} was given.
 */
public final class SafeCell {
  /** Digits with the usual separators: no spreadsheet computes anything worse than a sum of it. */
  private static final Pattern PLAIN_PHONE = Pattern.compile("\\+[0-9][0-9 ()./-]*");

  private static final String FORMULA_STARTS = "=+-@\t\r";

  private SafeCell() {}

  /**
   * @param text null makes an empty cell
   */
  public static String of(String text) {
    if (text == null || text.isEmpty()) {
      return "";
    }
    int apostrophes = apostrophes(text);
    boolean harmless =
        apostrophes == 0 && (text.equals("-") || PLAIN_PHONE.matcher(text).matches());
    return harmless || !isFormula(text, apostrophes) ? text : "'" + text;
  }

  /** The text of a cell that may have been made safe: without the {@code '} that did it. */
  public static String text(String cell) {
    int apostrophes = apostrophes(cell);
    return apostrophes > 0 && isFormula(cell, apostrophes) ? cell.substring(1) : cell;
  }

  private static int apostrophes(String text) {
    int count = 0;
    while (count < text.length() && text.charAt(count) == '\'') {
      count++;
    }
    return count;
  }

  private static boolean isFormula(String text, int from) {
    return from < text.length() && FORMULA_STARTS.indexOf(text.charAt(from)) >= 0;
  }
}

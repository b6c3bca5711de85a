package io.muster.chassis.csv;

import java.util.regex.Pattern;

/**
 * A cell that a spreadsheet doesn't take for a formula: one that could start one gets a leading
 * {@code '}, which our reader takes off again.
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
    boolean startsAFormula = FORMULA_STARTS.indexOf(text.charAt(0)) >= 0;
    if (!startsAFormula || text.equals("-") || PLAIN_PHONE.matcher(text).matches()) {
      return text;
    }
    return "'" + text;
  }

  /** The text of a cell that may have been made safe: without the {@code '} that did it. */
  public static String text(String cell) {
    boolean guarded =
        cell.length() > 1 && cell.charAt(0) == '\'' && FORMULA_STARTS.indexOf(cell.charAt(1)) >= 0;
    return guarded ? cell.substring(1) : cell;
  }
}

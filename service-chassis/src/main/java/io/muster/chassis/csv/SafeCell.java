package io.muster.chassis.csv;

import java.util.regex.Pattern;

/**
 * A cell that a spreadsheet doesn't take for a formula: one that could start one gets a leading
 * {@code '}, which our reader takes off again.
 */
public final class SafeCell {
  /** Digits with the usual separators: no spreadsheet computes anything worse than a sum of it. */
  private static final Pattern PLAIN_PHONE = Pattern.compile("\\+[0-9][0-9 ()./-]*");

  private SafeCell() {}

  /**
   * @param text null makes an empty cell
   */
  public static String of(String text) {
    if (text == null || text.isEmpty()) {
      return "";
    }
    boolean startsAFormula = "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
    if (!startsAFormula || text.equals("-") || PLAIN_PHONE.matcher(text).matches()) {
      return text;
    }
    return "'" + text;
  }
}

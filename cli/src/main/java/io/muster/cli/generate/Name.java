package io.muster.cli.generate;

import java.util.Locale;

/**
 * A given or family name.
 *
 * @param written in its own letters
 * @param ascii lower case, for a user principal name
 * @param letters lower case in its own letters, for a user principal name; the same as {@code
 *     ascii} where API.md's rule would refuse them (it takes letters, and some scripts need marks)
 */
record Name(String written, String ascii, String letters) {
  /**
   * Reads a word of the list.
   *
   * @param word {@code native:latin}, or Latin letters alone; {@code _} stands for a blank
   */
  static Name of(String word, boolean german) {
    int colon = word.indexOf(':');
    String written = (colon < 0 ? word : word.substring(0, colon)).replace('_', ' ');
    String ascii =
        colon >= 0
            ? word.substring(colon + 1)
            : german ? Spelling.german(written) : Spelling.ascii(written);
    String lower = written.toLowerCase(Locale.ROOT).replace(" ", "");
    boolean fit =
        lower.codePoints().allMatch(c -> Character.isLetterOrDigit(c) || "-'".indexOf(c) >= 0);
    return new Name(written, ascii, fit ? lower : ascii);
  }
}

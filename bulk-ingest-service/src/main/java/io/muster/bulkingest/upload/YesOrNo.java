package io.muster.bulkingest.upload;

import java.util.Locale;

/** The words that administrators and their tools write for yes and no. */
final class YesOrNo {
  private YesOrNo() {}

  /**
   * @return null for a word that is neither
   */
  static Boolean of(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "yes", "y", "true", "1" -> Boolean.TRUE;
      case "no", "n", "false", "0" -> Boolean.FALSE;
      default -> null;
    };
  }
}

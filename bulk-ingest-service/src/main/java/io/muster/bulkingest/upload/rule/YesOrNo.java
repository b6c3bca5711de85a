package io.muster.bulkingest.upload.rule;

import io.muster.bulkingest.spool.Column;
import java.util.Locale;

/** The words that administrators and their tools write for yes and no. */
public final class YesOrNo {
  private YesOrNo() {}

  /**
   * @return null for a word that is neither
   */
  public static Boolean of(Column column, String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return switch (lower) {
      case "yes", "y", "true", "1" -> Boolean.TRUE;
      case "no", "n", "false", "0" -> Boolean.FALSE;
      default -> column == Column.BLOCK_SIGN_IN ? blocked(lower) : null;
    };
  }

  /** Google Workspace's New Status tells the same in other words. */
  private static Boolean blocked(String status) {
    return switch (status) {
      case "suspended" -> Boolean.TRUE;
      case "active" -> Boolean.FALSE;
      default -> null;
    };
  }
}

package io.muster.cli.terminal;

/**
 * Text as a terminal shows it: some letters take two columns, some none, and control characters of
 * somebody else's data must not steer it.
 */
public final class DisplayText {
  private static final String ELLIPSIS = "…";

  private DisplayText() {}

  /** The text with control and direction-changing characters replaced by {@code U+FFFD}. */
  public static String visible(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (steers(text.charAt(i))) {
        StringBuilder clean = new StringBuilder(text);
        for (int j = i; j < clean.length(); j++) {
          if (steers(clean.charAt(j))) {
            clean.setCharAt(j, '\uFFFD');
          }
        }
        return clean.toString();
      }
    }
    return text;
  }

  /** Columns that the text takes. */
  public static int width(String text) {
    return text.codePoints().map(DisplayText::width).sum();
  }

  /**
   * The text cut to at most so many columns, with an ellipsis where something was left out.
   *
   * @param columns 1 or more
   */
  public static String fit(String text, int columns) {
    if (width(text) <= columns) {
      return text;
    }
    StringBuilder kept = new StringBuilder();
    int used = 1;
    for (int i = 0; i < text.length(); ) {
      int letter = text.codePointAt(i);
      if (used + width(letter) > columns) {
        break;
      }
      kept.appendCodePoint(letter);
      used += width(letter);
      i += Character.charCount(letter);
    }
    return kept.append(ELLIPSIS).toString();
  }

  private static boolean steers(char c) {
    return Character.isISOControl(c)
        || (c >= '\u202A' && c <= '\u202E')
        || (c >= '\u2066' && c <= '\u2069');
  }

  private static int width(int letter) {
    return switch (Character.getType(letter)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default -> isWide(letter) ? 2 : 1;
    };
  }

  /** East Asian Width W and F (Unicode Standard Annex 11), by block. */
  private static boolean isWide(int letter) {
    return letter >= 0x1100
        && (letter <= 0x115F
            || (letter >= 0x2E80 && letter <= 0xA4CF && letter != 0x303F)
            || (letter >= 0xAC00 && letter <= 0xD7A3)
            || (letter >= 0xF900 && letter <= 0xFAFF)
            || (letter >= 0xFE30 && letter <= 0xFE6F)
            || (letter >= 0xFF00 && letter <= 0xFF60)
            || (letter >= 0xFFE0 && letter <= 0xFFE6)
            || (letter >= 0x1F300 && letter <= 0x1FAFF)
            || (letter >= 0x20000 && letter <= 0x3FFFD));
  }
}

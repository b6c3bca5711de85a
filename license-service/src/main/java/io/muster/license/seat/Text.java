package io.muster.license.seat;

/** Which texts can be names here. A command may come from anywhere, so none is taken on trust. */
public final class Text {
  /** Characters at most in a SKU, as a person counts them. */
  private static final int LONGEST_SKU = 64;

  private Text() {}

  /** PostgreSQL's text takes everything but NUL and halves of surrogate pairs. */
  public static boolean isStorable(String text) {
    return text.codePoints().noneMatch(c -> c == 0 || (c >= 0xD800 && c <= 0xDFFF));
  }

  /** Characters, as a person counts them. */
  public static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /**
   * A SKU is 1 to 64 printable characters with no blanks around and neither comma nor semicolon,
   * which part SKUs in a file; and not a lone {@code -}, which clears.
   */
  public static boolean isSku(String text) {
    return isPrintable(text)
        && length(text) <= LONGEST_SKU
        && text.indexOf(',') < 0
        && text.indexOf(';') < 0
        && !text.equals("-");
  }

  /** Something to see, with no blanks around, on one line. */
  public static boolean isPrintable(String text) {
    return !text.isEmpty()
        && !isBlank(text.codePointAt(0))
        && !isBlank(text.codePointBefore(text.length()))
        && text.codePoints().allMatch(Text::isPrintable);
  }

  private static boolean isBlank(int codePoint) {
    return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
  }

  private static boolean isPrintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}

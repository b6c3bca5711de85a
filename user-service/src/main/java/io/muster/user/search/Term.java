package io.muster.user.search;

import java.util.List;

/**
 * A part of a name that is looked for.
 *
 * @param spelled as {@link Spelling} has it
 */
record Term(String spelled) {
  private static final String LETTER = "[a-z0-9]";
  private static final String SEPARATOR = "[ .@\n]";

  /** For {@code LIKE}. Nothing in a spelling means anything to it. */
  String pattern() {
    return '%' + spelled + '%';
  }

  /** The pattern that the index is asked for, which is in this term. */
  String lookUp() {
    return '%' + telling() + '%';
  }

  /**
   * Of a user principal name what is before the domain. Nearly everybody has the domain's trigrams:
   * going through all of them costs the most of a search, and seconds where only they are asked
   * for.
   */
  private String telling() {
    int at = spelled.indexOf('@');
    return at > 0 ? spelled.substring(0, at + 1) : spelled;
  }

  /**
   * Whether the index of trigrams can tell who has it: by three letters in a row, where the two
   * blanks before a word and the one behind it count.
   */
  boolean hasTrigrams() {
    String telling = telling();
    int from = 0;
    while (from < telling.length()) {
      int to = endOfWord(telling, from);
      int letters = to - from;
      boolean begins = from > 0;
      boolean ends = to < telling.length();
      if (letters + (begins ? 2 : 0) + (ends ? 1 : 0) >= 3 && letters > 0) {
        return true;
      }
      from = to + 1;
    }
    return false;
  }

  /**
   * Regular expressions that the index can tell of, one of which is true wherever this term is; for
   * a term without trigrams.
   *
   * @return empty when there are none: for a single letter
   */
  List<String> alternatives() {
    String telling = telling();
    int letters = endOfWord(telling, 0);
    String word = telling.substring(0, letters);
    String behind = telling.substring(letters).replace(".", "\\.");
    if (letters == 2 && behind.isEmpty()) {
      return List.of(word + LETTER, LETTER + word, SEPARATOR + word + SEPARATOR);
    }
    if (letters == 1 && !behind.isEmpty()) {
      return List.of(LETTER + word + behind, SEPARATOR + word + behind);
    }
    return List.of();
  }

  private static int endOfWord(String text, int from) {
    int to = from;
    while (to < text.length() && !Spelling.isSeparator(text.charAt(to))) {
      to++;
    }
    return to;
  }
}

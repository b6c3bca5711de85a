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

  /**
   * The pattern that the index is asked for, which is in this term: of a user principal name what
   * is before the domain, if that has trigrams. Nearly everybody has the domain's, and going
   * through all of them costs the most of a search.
   */
  String lookUp() {
    int at = spelled.indexOf('@');
    Term local = new Term(spelled.substring(0, at + 1));
    return at >= 0 && local.hasTrigrams() ? local.pattern() : pattern();
  }

  /**
   * Whether the index of trigrams can tell who has it: by three letters in a row, where the two
   * blanks before a word and the one behind it count.
   */
  boolean hasTrigrams() {
    int from = 0;
    while (from < spelled.length()) {
      int to = endOfWord(from);
      int letters = to - from;
      boolean begins = from > 0;
      boolean ends = to < spelled.length();
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
    int letters = endOfWord(0);
    String word = spelled.substring(0, letters);
    String behind = spelled.substring(letters).replace(".", "\\.");
    if (letters == 2 && behind.isEmpty()) {
      return List.of(word + LETTER, LETTER + word, SEPARATOR + word + SEPARATOR);
    }
    if (letters == 1 && !behind.isEmpty()) {
      return List.of(LETTER + word + behind, SEPARATOR + word + behind);
    }
    return List.of();
  }

  private int endOfWord(int from) {
    int to = from;
    while (to < spelled.length() && !Spelling.isSeparator(spelled.charAt(to))) {
      to++;
    }
    return to;
  }
}

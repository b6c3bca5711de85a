package io.muster.user.search;

import java.text.Normalizer;
import java.util.Map;

/**
 * The letters that people are searched by: without regard to case, accents and ways to write the
 * same (full width, ligatures, composed or not). What is left is a to z, 0 to 9, the separators
 * blank, full stop, at sign and line feed, and everything else spelled out in five such letters,
 * because PostgreSQL's trigrams know no others: so names of any script have trigrams, and nothing
 * in a search means anything to {@code LIKE}.
 */
public final class Spelling {
  /** More than that doesn't fit into an index: 2,000 Latin letters, or 400 of another script. */
  private static final int LONGEST = 2_000;

  private static final char MARK = 'x';

  /** All but the mark, so that a part of one spelled letter is never taken for another. */
  private static final String DIGITS = "0123456789abcdefghijklmnopqrstuvwyz";

  /** Letters that are no other letter with an accent, and are still written for one. */
  private static final Map<Integer, String> PLAIN =
      Map.ofEntries(
          Map.entry((int) 'ß', "ss"),
          Map.entry((int) 'ẞ', "ss"),
          Map.entry((int) 'ø', "o"),
          Map.entry((int) 'Ø', "o"),
          Map.entry((int) 'ł', "l"),
          Map.entry((int) 'Ł', "l"),
          Map.entry((int) 'đ', "d"),
          Map.entry((int) 'Đ', "d"),
          Map.entry((int) 'ð', "d"),
          Map.entry((int) 'Ð', "d"),
          Map.entry((int) 'ħ', "h"),
          Map.entry((int) 'Ħ', "h"),
          Map.entry((int) 'ŧ', "t"),
          Map.entry((int) 'Ŧ', "t"),
          Map.entry((int) 'þ', "th"),
          Map.entry((int) 'Þ', "th"),
          Map.entry((int) 'æ', "ae"),
          Map.entry((int) 'Æ', "ae"),
          Map.entry((int) 'œ', "oe"),
          Map.entry((int) 'Œ', "oe"),
          Map.entry((int) 'ı', "i"),
          Map.entry((int) 'ĸ', "k"),
          Map.entry((int) 'ŋ', "n"),
          Map.entry((int) 'Ŋ', "n"),
          Map.entry((int) '’', spelled('\'')),
          Map.entry((int) '‘', spelled('\'')),
          Map.entry((int) '‐', spelled('-')),
          Map.entry((int) '‑', spelled('-')),
          Map.entry((int) '–', spelled('-')));

  private Spelling() {}

  /**
   * @return up to 2,000 letters
   */
  public static String of(String written) {
    String letters = isAscii(written) ? written : folded(written);
    StringBuilder spelled = new StringBuilder(letters.length() + 16);
    letters.codePoints().forEach(letter -> append(spelled, letter));
    return spelled.length() > LONGEST ? spelled.substring(0, LONGEST) : spelled.toString();
  }

  /** Whether it parts words. */
  static boolean isSeparator(char letter) {
    return letter == ' ' || letter == '.' || letter == '@' || letter == '\n';
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 128) {
        return false;
      }
    }
    return true;
  }

  /**
   * Without accents and vowel points. Marks that make another letter of one (Japanese, Hindi) stay.
   */
  private static String folded(String text) {
    String apart = Normalizer.normalize(text, Normalizer.Form.NFKD);
    StringBuilder bare = new StringBuilder(apart.length());
    apart
        .codePoints()
        .filter(letter -> !isAccent(letter))
        .forEach(letter -> bare.appendCodePoint(letter));
    return Normalizer.normalize(bare, Normalizer.Form.NFC);
  }

  private static boolean isAccent(int letter) {
    return (letter >= 0x300 && letter <= 0x36F)
        || (letter >= 0x591 && letter <= 0x5C7)
        || (letter >= 0x64B && letter <= 0x65F)
        || letter == 0x670
        || letter == 0x640;
  }

  private static void append(StringBuilder spelled, int letter) {
    if (letter >= 'A' && letter <= 'Z') {
      spelled.append((char) (letter + ('a' - 'A')));
    } else if ((letter >= 'a' && letter <= 'z')
        || (letter >= '0' && letter <= '9')
        || (letter < 128 && isSeparator((char) letter))) {
      spelled.append((char) letter);
    } else if (Character.isWhitespace(letter) || Character.isSpaceChar(letter)) {
      spelled.append(' ');
    } else {
      String plain = letter < 128 ? null : PLAIN.get(letter);
      spelled.append(plain != null ? plain : spelled(withoutCase(letter)));
    }
  }

  /** Upper case first: a final sigma is a sigma. */
  private static int withoutCase(int letter) {
    return Character.toLowerCase(Character.toUpperCase(letter));
  }

  private static String spelled(int letter) {
    char[] five = new char[5];
    five[0] = MARK;
    int rest = letter;
    for (int i = 4; i > 0; i--) {
      five[i] = DIGITS.charAt(rest % DIGITS.length());
      rest /= DIGITS.length();
    }
    return new String(five);
  }
}

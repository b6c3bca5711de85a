package io.muster.chassis.password;

import com.nulabinc.zxcvbn.matchers.DictionaryMatcher;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The list of common passwords that zxcvbn carries (some 30,000 words out of leaked collections),
 * and what people make of them to get past a rule: capitals, digits for letters, digits and signs
 * around them, the same twice. Thread-safe.
 */
final class CommonPasswords {
  private static final String LIST = "dictionaries/passwords.txt";

  /** A variant is trivial when a word of at least this many letters is all that is left of it. */
  private static final int SHORTEST_WORD = 3;

  private final Set<String> words;

  private CommonPasswords(Set<String> words) {
    this.words = words;
  }

  /** Reads the list out of the library's archive. */
  static CommonPasswords load() {
    Set<String> words = new HashSet<>(65_536);
    try (InputStream in = DictionaryMatcher.class.getResourceAsStream(LIST)) {
      if (in == null) {
        throw new IllegalStateException("zxcvbn no longer carries " + LIST);
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String word = lines.readLine(); word != null; word = lines.readLine()) {
        words.add(word.strip().toLowerCase(Locale.ROOT));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new CommonPasswords(words);
  }

  /** Whether it is on the list, or a trivial variant of a word that is. */
  boolean holds(String password) {
    String lower = password.toLowerCase(Locale.ROOT);
    String bare = strip(lower);
    return isKnown(lower)
        || isKnown(bare)
        || isKnown(strip(letters(lower, 'l')))
        || isKnown(strip(letters(lower, 'i')))
        || isKnown(letters(bare, 'l'))
        || isKnown(letters(bare, 'i'))
        || isSequence(lower);
  }

  private boolean isKnown(String word) {
    if (word.length() < SHORTEST_WORD) {
      return false;
    }
    if (words.contains(word)) {
      return true;
    }
    String once = repeated(word);
    return once != null && (once.length() <= SHORTEST_WORD || words.contains(once));
  }

  /** Digits and signs around a word are what a rule asked for. */
  private static String strip(String word) {
    int start = 0;
    int end = word.length();
    while (start < end && !Character.isLetter(word.charAt(start))) {
      start++;
    }
    while (end > start && !Character.isLetter(word.charAt(end - 1))) {
      end--;
    }
    return word.substring(start, end);
  }

  private static String letters(String word, char one) {
    StringBuilder letters = new StringBuilder(word.length());
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      letters.append(
          switch (c) {
            case '0' -> 'o';
            case '1', '!', '|' -> one;
            case '3' -> 'e';
            case '4', '@' -> 'a';
            case '5', '$' -> 's';
            case '7', '+' -> 't';
            case '8' -> 'b';
            default -> c;
          });
    }
    return letters.toString();
  }

  /**
   * @return what is repeated to make the word; null when nothing is
   */
  private static String repeated(String word) {
    int period = (word + word).indexOf(word, 1);
    return period < word.length() ? word.substring(0, period) : null;
  }

  /** 123456789012, abcdefghijkl and their reverse: each step is the same. */
  private static boolean isSequence(String word) {
    int sameSteps = 0;
    for (int i = 2; i < word.length(); i++) {
      int step = Math.floorMod(word.charAt(i) - word.charAt(i - 1), 10);
      int before = Math.floorMod(word.charAt(i - 1) - word.charAt(i - 2), 10);
      sameSteps += step == before && (step <= 1 || step == 9) ? 1 : 0;
    }
    return word.length() > 2 && sameSteps >= word.length() - 3;
  }
}

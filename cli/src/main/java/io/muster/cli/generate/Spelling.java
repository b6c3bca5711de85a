package io.muster.cli.generate;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;

/** Letters of Latin-script languages written with ASCII, as their speakers do it. */
final class Spelling {
  /** Letters that Unicode doesn't decompose, and German's umlauts are left to {@link #german}. */
  private static final Map<Character, String> PLAIN =
      Map.ofEntries(
          Map.entry('ß', "ss"),
          Map.entry('æ', "ae"),
          Map.entry('ø', "o"),
          Map.entry('đ', "d"),
          Map.entry('ð', "d"),
          Map.entry('þ', "th"),
          Map.entry('ł', "l"),
          Map.entry('ı', "i"),
          Map.entry('œ', "oe"));

  private Spelling() {}

  /** Lower case and ASCII; blanks are left out. */
  static String ascii(String name) {
    String lower = name.toLowerCase(Locale.ROOT).replace(" ", "");
    String apart = Normalizer.normalize(lower, Normalizer.Form.NFD);
    StringBuilder ascii = new StringBuilder(apart.length());
    for (int i = 0; i < apart.length(); i++) {
      char c = apart.charAt(i);
      if (c < 0x80) {
        ascii.append(c);
      } else if (PLAIN.containsKey(c)) {
        ascii.append(PLAIN.get(c));
      } else if (Character.getType(c) != Character.NON_SPACING_MARK) {
        throw new IllegalArgumentException("no ASCII spelling for a letter of " + name);
      }
    }
    return ascii.toString();
  }

  /** The same, with ä, ö and ü as ae, oe and ue. */
  static String german(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return ascii(lower.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue"));
  }
}

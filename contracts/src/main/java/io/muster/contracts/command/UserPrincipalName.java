package io.muster.contracts.command;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Objects;

/**
 * A user's sign-in name, {@code local@domain}. Two names are the same when their {@link #key()} is;
 * the written form is kept for people to read.
 *
 * @param written as the administrator wrote it, never null
 */
public record UserPrincipalName(String written) {
  /** Characters at most: 64 before the {@code @}, 48 after it (Microsoft Entra's limit). */
  public static final int MAX_LENGTH = 113;

  public UserPrincipalName {
    Objects.requireNonNull(written, "written");
  }

  /** NFC and lower case: what keys, hashes and unique indexes hold. */
  public String key() {
    return keyOf(written);
  }

  /** {@link #key()} of a written name, without making an object for it. */
  public static String keyOf(String written) {
    String lower = written.toLowerCase(Locale.ROOT);
    return isPlain(lower) || Normalizer.isNormalized(lower, Normalizer.Form.NFC)
        ? lower
        : Normalizer.normalize(lower, Normalizer.Form.NFC);
  }

  /** Below U+0300, the first combining mark, whatever is written is NFC (Unicode Annex 15). */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= '\u0300') {
        return false;
      }
    }
    return true;
  }
}

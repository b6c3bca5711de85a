package io.muster.chassis.password;

import java.util.Locale;
import java.util.Optional;

/**
 * What a given password must be: 12 to 256 characters, not common, not the user's name; no rules of
 * composition (NIST SP 800-63B). It is looked at as given, and neither it nor a part of it is ever
 * in an answer. Thread-safe.
 */
public final class PasswordPolicy {
  /** API.md; with no rules of composition length is what counts. */
  public static final int MIN_LENGTH = 12;

  /** API.md: longer ones cost hashing time and protect nothing. */
  public static final int MAX_LENGTH = 256;

  /** Shorter names stand in too many words by chance. */
  private static final int SHORTEST_NAME = 4;

  private final CommonPasswords common = CommonPasswords.load();

  /**
   * @param password as given, never trimmed or folded
   * @param userPrincipalName whose it is to be; null when unknown
   * @return why it is too weak, one sentence for people; empty when it is good enough
   */
  public Optional<String> weakness(String password, String userPrincipalName) {
    if (common.holds(password)) {
      return Optional.of(
          "The password, or a simple variant of it, is on the lists of common passwords:"
              + " choose another one.");
    }
    int length = password.codePointCount(0, password.length());
    if (length < MIN_LENGTH) {
      return Optional.of("The password is too short: " + MIN_LENGTH + " characters are the least.");
    }
    if (length > MAX_LENGTH) {
      return Optional.of("The password is too long: " + MAX_LENGTH + " characters are the most.");
    }
    return holdsName(password, userPrincipalName)
        ? Optional.of("The password holds the user name: choose one without it.")
        : Optional.empty();
  }

  private static boolean holdsName(String password, String userPrincipalName) {
    if (userPrincipalName == null) {
      return false;
    }
    int at = userPrincipalName.indexOf('@');
    String local = at < 0 ? userPrincipalName : userPrincipalName.substring(0, at);
    return local.codePointCount(0, local.length()) >= SHORTEST_NAME
        && password.toLowerCase(Locale.ROOT).contains(local.toLowerCase(Locale.ROOT));
  }
}

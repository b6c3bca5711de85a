package io.muster.chassis.password;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * bcrypt in its modular form, {@code $2b$12$} and 53 characters; Spring Security writes {@code
 * {bcrypt}} before it. The forms {@code $2$} and {@code $2x$} are those of broken versions.
 *
 * @param cost the logarithm of the number of rounds
 * @param written without a prefix, and without bits behind the last byte
 */
public record BcryptHash(int cost, String written) implements ReadableHash {
  /** OWASP's Password Storage Cheat Sheet (2025). */
  private static final int LEAST_COST = 10;

  /** About a second on one core; each more doubles it. */
  private static final int MOST_COST = 14;

  private static final String ALPHABET =
      "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private static final Pattern FORM =
      Pattern.compile(
          "(?:\\{bcrypt})?(\\$2[aby]\\$(\\d{2})\\$)([./A-Za-z0-9]{22})([./A-Za-z0-9]{31})");

  /**
   * @return empty when it is in none of the forms
   */
  public static Optional<BcryptHash> read(String written) {
    Matcher parts = FORM.matcher(written);
    if (!parts.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new BcryptHash(
            Integer.parseInt(parts.group(2)),
            parts.group(1) + whole(parts.group(3), 0x30) + whole(parts.group(4), 0x3C)));
  }

  /**
   * 16 bytes of salt fill two bits of their last character, 23 bytes of tag four: some writers
   * leave the others as they were, and a comparison would then never find them equal.
   */
  private static String whole(String text, int used) {
    int last = text.length() - 1;
    return text.substring(0, last) + ALPHABET.charAt(ALPHABET.indexOf(text.charAt(last)) & used);
  }

  @Override
  public Optional<String> fault() {
    if (cost < LEAST_COST) {
      return Optional.of(
          "bcrypt of cost %d is too weak: %d is the least.".formatted(cost, LEAST_COST));
    }
    if (cost > MOST_COST) {
      return Optional.of(
          "bcrypt of cost %d takes too long to check: %d is the most.".formatted(cost, MOST_COST));
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return "a bcrypt hash of cost " + cost;
  }
}

package io.muster.chassis.password;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * PBKDF2 as a PHC string, {@code $pbkdf2-sha256$i=600000$salt$tag} (also with {@code ,l=32}), or as
 * passlib writes it, {@code $pbkdf2-sha256$600000$salt$tag} with {@code .} for {@code +}.
 *
 * @param function inside the HMAC
 * @param salt at least 8 bytes
 * @param tag the hash itself, 16 bytes to as many as the function makes at once
 * @param written as a PHC string
 */
public record Pbkdf2Hash(Function function, int iterations, byte[] salt, byte[] tag, String written)
    implements ReadableHash {
  private static final Pattern FORM =
      Pattern.compile(
          "\\$pbkdf2-sha(256|512)\\$(?:i=)?(\\d{1,9})(?:,l=(\\d{1,3}))?"
              + "\\$([A-Za-z0-9+/.]{11,86})\\$([A-Za-z0-9+/.]{22,86})");

  /** NIST SP 800-132, section 5: half of what it asks of new ones, which is 16. */
  private static final int LEAST_SALT = 8;

  /** Fewer are a matter of chance; NIST SP 800-132 asks for 112 bits. */
  private static final int LEAST_TAG = 16;

  /** What is inside the HMAC, and how often it must and may be computed. */
  public enum Function {
    // Least: OWASP's Password Storage Cheat Sheet (2025). Most: about a second on one core.
    SHA256(32, 600_000, 2_000_000),
    SHA512(64, 210_000, 1_000_000);

    private final int bytes;
    private final int least;
    private final int most;

    Function(int bytes, int least, int most) {
      this.bytes = bytes;
      this.least = least;
      this.most = most;
    }
  }

  /**
   * @return empty when it is in none of the forms, or holds fewer or more bytes than it may
   */
  public static Optional<Pbkdf2Hash> read(String written) {
    Matcher parts = FORM.matcher(written);
    if (!parts.matches()) {
      return Optional.empty();
    }
    Function function = Function.valueOf("SHA" + parts.group(1));
    try {
      int iterations = Integer.parseInt(parts.group(2));
      byte[] salt = decoded(parts.group(4));
      byte[] tag = decoded(parts.group(5));
      // A longer tag would take a whole computation more for each further block.
      boolean fits =
          iterations >= 1
              && salt.length >= LEAST_SALT
              && tag.length >= LEAST_TAG
              && tag.length <= function.bytes
              && (parts.group(3) == null || Integer.parseInt(parts.group(3)) == tag.length);
      return fits ? Optional.of(of(function, iterations, salt, tag)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Pbkdf2Hash of(Function function, int iterations, byte[] salt, byte[] tag) {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    String written =
        "$pbkdf2-sha%d$i=%d$%s$%s"
            .formatted(
                function.bytes * 8,
                iterations,
                base64.encodeToString(salt),
                base64.encodeToString(tag));
    return new Pbkdf2Hash(function, iterations, salt, tag, written);
  }

  private static byte[] decoded(String text) {
    return Base64.getDecoder().decode(text.replace('.', '+'));
  }

  @Override
  public Optional<String> fault() {
    if (iterations < function.least) {
      return Optional.of(
          "PBKDF2-%s of %d iterations is too weak: %d are the least."
              .formatted(function, iterations, function.least));
    }
    if (iterations > function.most) {
      return Optional.of(
          "PBKDF2-%s of %d iterations takes too long to check: %d are the most."
              .formatted(function, iterations, function.most));
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return "a PBKDF2-%s hash of %d iterations".formatted(function, iterations);
  }
}

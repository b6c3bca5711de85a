package io.muster.user.password.argon2;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An Argon2id hash as a PHC string tells it.
 *
 * @param cost what computing it took
 * @param salt never shown
 * @param tag the hash itself
 * @param written the whole string
 */
public record PhcHash(Cost cost, byte[] salt, byte[] tag, String written) {
  /** OWASP's Password Storage Cheat Sheet: 19 MiB, two passes, one lane. */
  public static final Cost NOW = new Cost(19 * 1024, 2, 1);

  /** Bytes. */
  static final int SALT = 16;

  static final int TAG = 32;

  private static final Pattern FORM =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,3})"
              + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

  /**
   * What makes guessing expensive.
   *
   * @param memory KiB
   * @param passes over the memory
   * @param lanes threads that could share the work
   */
  public record Cost(int memory, int passes, int lanes) {
    /** Whether guessing is cheaper by this one than by the other. */
    public boolean isBelow(Cost other) {
      return memory < other.memory || passes < other.passes;
    }
  }

  /**
   * @return empty when it isn't the PHC string of an Argon2id hash of version 19
   */
  public static Optional<PhcHash> read(String written) {
    Matcher parts = FORM.matcher(written);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      Cost cost = new Cost(number(parts, 1), number(parts, 2), number(parts, 3));
      byte[] salt = Base64.getDecoder().decode(parts.group(4));
      byte[] tag = Base64.getDecoder().decode(parts.group(5));
      boolean computable =
          cost.passes() >= 1 && cost.lanes() >= 1 && cost.memory() >= 8 * cost.lanes();
      return computable ? Optional.of(new PhcHash(cost, salt, tag, written)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** At today's cost; finding a password with a tag of zeros is as hard as breaking any other. */
  public static PhcHash ofNobody() {
    return of(new byte[SALT], new byte[TAG]);
  }

  static PhcHash of(byte[] salt, byte[] tag) {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    String written =
        "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
            .formatted(
                NOW.memory(),
                NOW.passes(),
                NOW.lanes(),
                base64.encodeToString(salt),
                base64.encodeToString(tag));
    return new PhcHash(NOW, salt, tag, written);
  }

  private static int number(Matcher parts, int group) {
    return Integer.parseInt(parts.group(group));
  }

  @Override
  public String toString() {
    return "an Argon2id hash of " + cost;
  }
}

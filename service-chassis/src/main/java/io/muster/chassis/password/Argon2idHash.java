package io.muster.chassis.password;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Argon2id, version 19, as a PHC string: {@code $argon2id$v=19$m=..,t=..,p=..$salt$tag}.
 *
 * @param memory KiB
 * @param passes over the memory
 * @param lanes threads that could share the work
 * @param salt at least 8 bytes
 * @param tag the hash itself, at least 16 bytes
 * @param written in the spelling that libargon2 reads
 */
public record Argon2idHash(
    int memory, int passes, int lanes, byte[] salt, byte[] tag, String written)
    implements ReadableHash {
  /**
   * The pairs that OWASP's Password Storage Cheat Sheet calls equally strong (2025): at least as
   * much memory and as many passes as one of them.
   */
  private static final List<Floor> FLOORS =
      List.of(
          new Floor(47_104, 1),
          new Floor(19_456, 2),
          new Floor(12_288, 3),
          new Floor(9_216, 4),
          new Floor(7_168, 5));

  /** KiB. Twice RFC 9106's second recommended option (section 4); each sign-in thread takes it. */
  private static final int MOST_MEMORY = 128 * 1024;

  /** KiB times passes: about half a second on one core, at 19 MiB and two passes in 17 ms. */
  private static final long MOST_WORK = 1024 * 1024;

  /** Each lane is a thread. RFC 9106 recommends 4. */
  private static final int MOST_LANES = 16;

  private static final Pattern FORM =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,3})"
              + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

  private record Floor(int memory, int passes) {}

  /**
   * @return empty when it isn't the PHC string of an Argon2id hash of version 19 that can be
   *     computed at all
   */
  public static Optional<Argon2idHash> read(String written) {
    Matcher parts = FORM.matcher(written);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      Argon2idHash hash =
          of(
              Integer.parseInt(parts.group(1)),
              Integer.parseInt(parts.group(2)),
              Integer.parseInt(parts.group(3)),
              Base64.getDecoder().decode(parts.group(4)),
              Base64.getDecoder().decode(parts.group(5)));
      boolean computable = hash.passes >= 1 && hash.lanes >= 1 && hash.memory >= 8 * hash.lanes;
      return computable ? Optional.of(hash) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Written anew: libargon2 takes no leading zeros, and no bits behind the last byte. */
  public static Argon2idHash of(int memory, int passes, int lanes, byte[] salt, byte[] tag) {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    String written =
        "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
            .formatted(
                memory, passes, lanes, base64.encodeToString(salt), base64.encodeToString(tag));
    return new Argon2idHash(memory, passes, lanes, salt, tag, written);
  }

  @Override
  public Optional<String> fault() {
    if (FLOORS.stream().noneMatch(f -> memory >= f.memory && passes >= f.passes)) {
      return Optional.of(
          "Argon2id with m=%d and t=%d is too weak: m=19456 (19 MiB) and t=2 are the least, or more"
                  .formatted(memory, passes)
              + " of one and less of the other.");
    }
    if (memory > MOST_MEMORY || (long) memory * passes > MOST_WORK || lanes > MOST_LANES) {
      return Optional.of(
          ("Argon2id with m=%d, t=%d and p=%d takes too much to check: m=%d, m times t of %d and"
                  + " p=%d are the most.")
              .formatted(memory, passes, lanes, MOST_MEMORY, MOST_WORK, MOST_LANES));
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return "an Argon2id hash of m=%d, t=%d, p=%d".formatted(memory, passes, lanes);
  }
}

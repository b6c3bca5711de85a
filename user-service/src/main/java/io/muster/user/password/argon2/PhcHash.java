package io.muster.user.password.argon2;

import io.muster.chassis.password.Argon2idHash;
import java.util.Optional;

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
    return Argon2idHash.read(written).map(PhcHash::of);
  }

  /** The same for those who compute it. */
  public static PhcHash of(Argon2idHash hash) {
    return new PhcHash(
        new Cost(hash.memory(), hash.passes(), hash.lanes()),
        hash.salt(),
        hash.tag(),
        hash.written());
  }

  /** At today's cost; finding a password with a tag of zeros is as hard as breaking any other. */
  public static PhcHash ofNobody() {
    return of(new byte[SALT], new byte[TAG]);
  }

  static PhcHash of(byte[] salt, byte[] tag) {
    Argon2idHash hash = Argon2idHash.of(NOW.memory(), NOW.passes(), NOW.lanes(), salt, tag);
    return new PhcHash(NOW, salt, tag, hash.written());
  }

  @Override
  public String toString() {
    return "an Argon2id hash of " + cost;
  }
}

package io.muster.user.password.argon2;

/** Argon2id, whoever computes it. Thread-safe. */
public interface Argon2Id {
  /**
   * Makes a salt and hashes at {@link PhcHash#NOW}'s cost.
   *
   * @return a PHC string
   */
  String hash(byte[] password);

  /** Whether this is the password behind the hash, which tells its own cost. */
  boolean verify(PhcHash hash, byte[] password);

  /** libargon2 where its natives fit, which is half as fast again; else Bouncy Castle. */
  static Argon2Id fastest() {
    return LibArgon2.ifItRuns().orElseGet(BouncyCastleArgon2::new);
  }
}

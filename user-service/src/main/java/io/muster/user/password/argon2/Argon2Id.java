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

  /** libsodium where its natives fit, else libargon2, else Bouncy Castle. */
  static Argon2Id fastest() {
    Argon2Id others = LibArgon2.ifItRuns().orElseGet(BouncyCastleArgon2::new);
    return LibSodium.ifItRuns(others).orElse(others);
  }
}

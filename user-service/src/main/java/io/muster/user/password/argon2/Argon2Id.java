package io.muster.user.password.argon2;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;

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

  /**
   * libsodium or libargon2, whichever takes less of a processor on this machine, where their
   * natives fit; else Bouncy Castle. Tries them, which takes a tenth of a second or two.
   */
  static Argon2Id fastest() {
    Argon2Id others = reference();
    Optional<Argon2Id> sodium = LibSodium.ifItRuns(others);
    return FastestByTrial.of(
        sodium.isEmpty() ? List.of(others) : List.of(sodium.get(), others),
        () -> ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
  }

  /** The reference implementation, libargon2, where its native fits; else Bouncy Castle. */
  static Argon2Id reference() {
    return LibArgon2.ifItRuns().orElseGet(BouncyCastleArgon2::new);
  }
}

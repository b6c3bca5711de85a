package io.muster.user.password;

import io.muster.chassis.password.Argon2idHash;
import io.muster.chassis.password.BcryptHash;
import io.muster.chassis.password.PasswordHashFormat;
import io.muster.chassis.password.Pbkdf2Hash;
import io.muster.chassis.password.ReadableHash;
import io.muster.sealing.Keysets;
import io.muster.sealing.Secret;
import io.muster.sealing.SecretHashes;
import io.muster.user.password.argon2.Argon2Id;
import io.muster.user.password.argon2.PhcHash;
import io.muster.user.password.imported.Bcrypt;
import io.muster.user.password.imported.Pbkdf2;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Hashes and verifies passwords. What a person chose gets Argon2id; hashes of generated ones, which
 * {@link GeneratedPasswords} makes, and those that other systems made are verified as well.
 * Thread-safe.
 */
@ApplicationScoped
public class PasswordHashing {
  /** A hash that no password has: for those that aren't there to compare with. */
  public static final String OF_NOBODY = PhcHash.ofNobody().written();

  private final Argon2Id argon2 = Argon2Id.fastest();
  private final AtomicLong verifications = new AtomicLong();
  private final SecretHashes generated;

  @Inject
  public PasswordHashing(Keysets keysets) {
    this.generated = keysets.secrets();
  }

  /** Argon2id on the caller's thread. */
  public String hashHere(Secret password) {
    byte[] clear = password.utf8();
    try {
      return argon2.hash(clear);
    } finally {
      Arrays.fill(clear, (byte) 0);
    }
  }

  /**
   * On the caller's thread.
   *
   * @param hash of a generated password, or in a form that {@link PasswordHashFormat} reads
   * @return false also for a hash of any other kind
   */
  public boolean verify(String hash, Secret password) {
    if (SecretHashes.wrote(hash)) {
      return generated.verify(hash, password);
    }
    Optional<ReadableHash> read = PasswordHashFormat.read(hash);
    if (read.isEmpty()) {
      return false;
    }
    byte[] clear = password.utf8();
    try {
      return verify(read.get(), clear);
    } finally {
      Arrays.fill(clear, (byte) 0);
    }
  }

  private boolean verify(ReadableHash hash, byte[] clear) {
    if (hash instanceof BcryptHash bcrypt) {
      return Bcrypt.verify(bcrypt, clear);
    }
    if (hash instanceof Pbkdf2Hash pbkdf2) {
      return Pbkdf2.verify(pbkdf2, clear);
    }
    verifications.incrementAndGet();
    return argon2.verify(PhcHash.of((Argon2idHash) hash), clear);
  }

  /** Whether it takes an Argon2id computation to verify. */
  public static boolean isSlow(String hash) {
    return PhcHash.read(hash).isPresent();
  }

  /**
   * Whether a person's password would now be hashed in another way: another system made this one,
   * or it was made at a lower cost. A generated one is as good as ever.
   */
  public static boolean isOutdated(String hash) {
    return PasswordHashFormat.read(hash)
        .filter(
            read ->
                !(read instanceof Argon2idHash argon2id)
                    || PhcHash.of(argon2id).cost().isBelow(PhcHash.NOW))
        .isPresent();
  }

  /** Argon2id computations for verifying so far: the same for every path of a sign-in. */
  public long verifications() {
    return verifications.get();
  }
}

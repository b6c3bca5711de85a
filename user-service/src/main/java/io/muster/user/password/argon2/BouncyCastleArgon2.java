package io.muster.user.password.argon2;

import java.security.MessageDigest;
import java.security.SecureRandom;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Runs wherever Java does. */
final class BouncyCastleArgon2 implements Argon2Id {
  private final SecureRandom random = new SecureRandom();

  @Override
  public String hash(byte[] password) {
    byte[] salt = new byte[PhcHash.SALT];
    random.nextBytes(salt);
    return PhcHash.of(salt, compute(PhcHash.NOW, salt, PhcHash.TAG, password)).written();
  }

  @Override
  public boolean verify(PhcHash hash, byte[] password) {
    byte[] tag = compute(hash.cost(), hash.salt(), hash.tag().length, password);
    return MessageDigest.isEqual(tag, hash.tag());
  }

  @Override
  public String toString() {
    return "Bouncy Castle";
  }

  static byte[] compute(PhcHash.Cost cost, byte[] salt, int length, byte[] password) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(cost.memory())
            .withIterations(cost.passes())
            .withParallelism(cost.lanes())
            .withSalt(salt)
            .build());
    byte[] tag = new byte[length];
    generator.generateBytes(password, tag);
    return tag;
  }
}

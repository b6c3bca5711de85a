package io.muster.user.password.argon2;

import java.security.MessageDigest;
import java.security.SecureRandom;

/** Hashes and verifies by whoever computes a tag. Thread-safe where that is. */
abstract class ByTag implements Argon2Id {
  private final SecureRandom random = new SecureRandom();

  /**
   * @param length of the tag, in bytes
   */
  abstract byte[] compute(PhcHash.Cost cost, byte[] salt, int length, byte[] password);

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
}

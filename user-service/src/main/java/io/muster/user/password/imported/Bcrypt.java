package io.muster.user.password.imported;

import io.muster.chassis.password.BcryptHash;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/** bcrypt, to verify what other systems made. Thread-safe. */
public final class Bcrypt {
  private Bcrypt() {}

  /**
   * As everywhere, a password counts up to its 72nd byte.
   *
   * @param password UTF-8
   */
  public static boolean verify(BcryptHash hash, byte[] password) {
    return OpenBSDBCrypt.checkPassword(hash.written(), password);
  }
}

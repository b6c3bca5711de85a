package io.muster.user.password.imported;

import io.muster.chassis.password.Pbkdf2Hash;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** PBKDF2, to verify what other systems made. Thread-safe. */
public final class Pbkdf2 {
  private Pbkdf2() {}

  /**
   * @param password UTF-8
   */
  public static boolean verify(Pbkdf2Hash hash, byte[] password) {
    // The JDK turns the characters into UTF-8 again.
    CharBuffer characters = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(password));
    char[] clear = new char[characters.remaining()];
    characters.get(clear);
    PBEKeySpec spec =
        new PBEKeySpec(clear, hash.salt(), hash.iterations(), hash.tag().length * Byte.SIZE);
    try {
      byte[] tag =
          SecretKeyFactory.getInstance("PBKDF2WithHmac" + hash.function())
              .generateSecret(spec)
              .getEncoded();
      return MessageDigest.isEqual(tag, hash.tag());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no PBKDF2 with " + hash.function(), e);
    } finally {
      spec.clearPassword();
      Arrays.fill(clear, '\0');
      Arrays.fill(characters.array(), '\0');
    }
  }
}

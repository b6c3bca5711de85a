package io.muster.sealing;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * 64 bits of HMAC-SHA-256 under a key of one purpose: equal values have equal hashes, and without
 * the keyset nobody can tell values from hashes or make two values collide. One thread at a time.
 */
public final class KeyedHash {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final String ALGORITHM = "HmacSHA256";

  private final Mac mac;
  private final byte[] tag = new byte[32];

  KeyedHash(byte[] key) {
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  /** The hash of {@code length} bytes from {@code offset}. */
  public long of(byte[] value, int offset, int length) {
    try {
      mac.update(value, offset, length);
      mac.doFinal(tag, 0);
      return (long) LONG.get(tag, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a hash of fixed length fits its buffer", e);
    }
  }
}

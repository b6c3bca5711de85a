package io.muster.sealing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;

/**
 * A password in the clear, for as short as possible. It shows itself to nobody who doesn't ask by
 * name: not in a log, not in an exception, not as JSON; therefore it is no record, has no getter
 * and isn't serialisable. Thread-safe but for {@link #destroy()}.
 */
public final class Secret {
  private final byte[] utf8;
  private volatile boolean destroyed;

  private Secret(byte[] utf8) {
    this.utf8 = utf8;
  }

  /** As given, never trimmed or folded. */
  public static Secret of(String clear) {
    return new Secret(clear.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @param utf8 copied; the caller's array stays the caller's to wipe
   */
  public static Secret ofUtf8(byte[] utf8) {
    return new Secret(Objects.requireNonNull(utf8, "utf8").clone());
  }

  /**
   * @return a copy, for the caller to wipe
   * @throws IllegalStateException when it was destroyed
   */
  public byte[] utf8() {
    return alive().clone();
  }

  /**
   * @return the clear text, which then stays in memory until the garbage collector comes
   * @throws IllegalStateException when it was destroyed
   */
  public String reveal() {
    return new String(alive(), StandardCharsets.UTF_8);
  }

  /** Whether both hold the same; how long it takes doesn't tell where they differ. */
  public boolean sameAs(Secret other) {
    return MessageDigest.isEqual(alive(), other.alive());
  }

  /** Overwrites it; from then on it can't be read. */
  public void destroy() {
    destroyed = true;
    Arrays.fill(utf8, (byte) 0);
  }

  @Override
  public String toString() {
    return "a secret";
  }

  private byte[] alive() {
    if (destroyed) {
      throw new IllegalStateException("this secret was destroyed");
    }
    return utf8;
  }
}

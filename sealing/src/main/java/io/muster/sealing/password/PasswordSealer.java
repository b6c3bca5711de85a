package io.muster.sealing.password;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.HybridEncrypt;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.subtle.AesGcmJce;
import io.muster.sealing.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;

/**
 * Seals one tenant's passwords for user-service, so that whoever sealed them can't open them. HPKE
 * takes 0.3 ms, so it wraps a data key for a thousand passwords; each carries the wrapped key. One
 * thread at a time. See docs/decisions/0009.
 */
public final class PasswordSealer {
  /** Passwords under one data key. */
  private static final int PER_KEY = 1_000;

  private final Epoch epoch;
  private final HybridEncrypt wrapping;
  private final String tenant;
  private final SecureRandom random = new SecureRandom();

  private byte[] wrappedKey;
  private Aead dataKey;
  private int sealed;

  private PasswordSealer(Epoch epoch, HybridEncrypt wrapping, String tenant) {
    this.epoch = epoch;
    this.wrapping = wrapping;
    this.tenant = tenant;
  }

  /**
   * Reads the newest epoch's public key that isn't of a day to come.
   *
   * @param publicKeys folder
   * @throws IOException when there is none, or none whose passwords could still be opened
   */
  public static PasswordSealer open(Path publicKeys, String tenant, Clock clock)
      throws IOException {
    EpochKeys.register();
    Epoch newest = newest(publicKeys, clock);
    Path file = newest.publicKey(publicKeys);
    try {
      HybridEncrypt wrapping =
          EpochKeys.parsePublic(file, Files.readString(file, StandardCharsets.UTF_8))
              .getPrimitive(RegistryConfiguration.get(), HybridEncrypt.class);
      return new PasswordSealer(newest, wrapping, tenant);
    } catch (GeneralSecurityException e) {
      throw new IOException("not a public key of an epoch: " + file, e);
    }
  }

  private static Epoch newest(Path publicKeys, Clock clock) throws IOException {
    Epoch today = Epoch.today(clock);
    Epoch newest = null;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(publicKeys, "*.public")) {
      for (Path file : files) {
        Epoch epoch = Epoch.of(file).orElse(null);
        if (epoch != null
            && !epoch.day().isAfter(today.day())
            && !epoch.isExpired(clock)
            && (newest == null || epoch.day().isAfter(newest.day()))) {
          newest = epoch;
        }
      }
    } catch (NoSuchFileException e) {
      // No folder, no key.
    }
    if (newest == null) {
      throw new IOException(
          "no public key to seal passwords with is in "
              + publicKeys
              + "; user-service makes one a day when it runs");
    }
    return newest;
  }

  /** Until then, fourteen days at least, user-service can open what this one seals. */
  public Instant secretsUntil() {
    return epoch.ends();
  }

  /**
   * @param userPrincipalNameKey whose it is to be, in the compared form
   * @return base64url; its length tells the password's in steps of 64 bytes only
   */
  public String seal(String userPrincipalNameKey, Secret password) {
    byte[] padded = SealedPassword.padded(password);
    try {
      if (dataKey == null || sealed == PER_KEY) {
        takeANewKey();
      }
      sealed++;
      byte[] ciphertext =
          dataKey.encrypt(
              padded, SealedPassword.passwordContext(epoch, tenant, userPrincipalNameKey));
      return new SealedPassword(epoch, wrappedKey, ciphertext).written();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a password can't be sealed", e);
    } finally {
      Arrays.fill(padded, (byte) 0);
    }
  }

  private void takeANewKey() throws GeneralSecurityException {
    byte[] key = new byte[SealedPassword.DATA_KEY_BYTES];
    try {
      random.nextBytes(key);
      wrappedKey = wrapping.encrypt(key, SealedPassword.keyContext(epoch, tenant));
      dataKey = new AesGcmJce(key);
      sealed = 0;
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }
}

package io.muster.sealing.password;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.HybridDecrypt;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.subtle.AesGcmJce;
import io.muster.sealing.PrivateFile;
import io.muster.sealing.SealBroken;
import io.muster.sealing.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Opens what {@link PasswordSealer} sealed, for whoever holds the private keys. Unwrapping a data
 * key takes 0.15 ms, so the last ones are remembered, for as long as their epoch's private key is
 * there. Thread-safe.
 */
public final class PasswordOpener {
  /** Data keys, each good for a thousand rows: far more than are in flight at a time. */
  private static final int REMEMBERED = 1_024;

  private final Path privateKeys;
  private final Map<Epoch, HybridDecrypt> epochs = new ConcurrentHashMap<>();
  private final Map<Wrapped, Aead> dataKeys = new LeastRecentlyUsed();

  /**
   * @param privateKeys folder
   */
  public PasswordOpener(Path privateKeys) {
    this.privateKeys = privateKeys;
    EpochKeys.register();
  }

  /**
   * @param userPrincipalNameKey whose it is, in the compared form
   * @return for the caller to destroy
   * @throws SecretExpired when the epoch's private key is gone
   * @throws SealBroken when it was altered, or belongs to another tenant or user
   * @throws UncheckedIOException when the keys can't be read, for example because the folder is not
   *     there: that says nothing about the password
   */
  public Secret open(String tenant, String userPrincipalNameKey, String sealed)
      throws SecretExpired, SealBroken {
    SealedPassword parts = SealedPassword.read(sealed);
    byte[] padded = null;
    try {
      padded =
          dataKey(tenant, parts)
              .decrypt(
                  parts.ciphertext,
                  SealedPassword.passwordContext(parts.epoch, tenant, userPrincipalNameKey));
      return SealedPassword.unpadded(padded);
    } catch (GeneralSecurityException e) {
      throw new SealBroken("a sealed password can't be opened", e);
    } finally {
      if (padded != null) {
        Arrays.fill(padded, (byte) 0);
      }
    }
  }

  /** Forgets the keys of epochs that were destroyed, so that memory is no longer than the disk. */
  public void forgetDestroyed() {
    epochs.keySet().removeIf(epoch -> !Files.exists(epoch.privateKey(privateKeys)));
    synchronized (dataKeys) {
      dataKeys.keySet().removeIf(key -> !Files.exists(key.epoch().privateKey(privateKeys)));
    }
  }

  private Aead dataKey(String tenant, SealedPassword parts)
      throws SecretExpired, SealBroken, GeneralSecurityException {
    if (!Files.exists(parts.epoch.privateKey(privateKeys))) {
      throw gone(parts.epoch);
    }
    Wrapped wrapped = new Wrapped(parts.epoch, tenant, ByteBuffer.wrap(parts.wrappedKey));
    synchronized (dataKeys) {
      Aead known = dataKeys.get(wrapped);
      if (known != null) {
        return known;
      }
    }
    byte[] key =
        unwrapping(parts.epoch)
            .decrypt(parts.wrappedKey, SealedPassword.keyContext(parts.epoch, tenant));
    try {
      Aead dataKey = new AesGcmJce(key);
      synchronized (dataKeys) {
        dataKeys.put(wrapped, dataKey);
      }
      return dataKey;
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private HybridDecrypt unwrapping(Epoch epoch) throws SecretExpired, GeneralSecurityException {
    HybridDecrypt known = epochs.get(epoch);
    if (known != null) {
      return known;
    }
    Path file = epoch.privateKey(privateKeys);
    try {
      String text = PrivateFile.read(file);
      if (text == null) {
        throw gone(epoch);
      }
      HybridDecrypt read =
          EpochKeys.parsePrivate(file, text)
              .getPrimitive(RegistryConfiguration.get(), HybridDecrypt.class);
      epochs.put(epoch, read);
      return read;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the private key of epoch " + epoch.day() + " can't be read", e);
    }
  }

  /** A folder that isn't there, a volume that wasn't mounted say, must not expire passwords. */
  private SecretExpired gone(Epoch epoch) {
    if (!Files.isDirectory(privateKeys)) {
      throw new UncheckedIOException(
          "the folder of private keys isn't there",
          new NoSuchFileException(privateKeys.toString()));
    }
    return new SecretExpired(epoch.day());
  }

  private record Wrapped(Epoch epoch, String tenant, ByteBuffer key) {}

  private static final class LeastRecentlyUsed extends LinkedHashMap<Wrapped, Aead> {
    private static final long serialVersionUID = 1L;

    LeastRecentlyUsed() {
      super(64, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Wrapped, Aead> eldest) {
      return size() > REMEMBERED;
    }
  }
}

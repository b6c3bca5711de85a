package io.muster.sealing;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import java.security.GeneralSecurityException;

/** Seals small values, a single call's row for example: AES-256-GCM. Thread-safe. */
public final class SealedBytes {
  private final Aead aead;

  SealedBytes(KeysetHandle keyset) throws GeneralSecurityException {
    this.aead = keyset.getPrimitive(RegistryConfiguration.get(), Aead.class);
  }

  /**
   * @return 33 bytes more than the clear value
   */
  public byte[] seal(byte[] clear, SealedFor belongsTo) {
    try {
      return aead.encrypt(clear, belongsTo.associatedData());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a value can't be sealed", e);
    }
  }

  /**
   * @throws SealBroken when it was altered, belongs to something else or has another key
   */
  public byte[] open(byte[] sealed, SealedFor belongsTo) throws SealBroken {
    try {
      return aead.decrypt(sealed, belongsTo.associatedData());
    } catch (GeneralSecurityException e) {
      throw new SealBroken("a sealed value can't be opened", e);
    }
  }
}

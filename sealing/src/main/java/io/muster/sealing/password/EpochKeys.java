package io.muster.sealing.password;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.hybrid.HpkeParameters;
import com.google.crypto.tink.hybrid.HybridConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;

/** An epoch's keys as text: HPKE with X25519, HKDF-SHA256 and AES-256-GCM (RFC 9180). */
final class EpochKeys {
  /** Bytes that HPKE adds: the sender's public key and the tag. */
  static final int OVERHEAD = 32 + 16;

  private EpochKeys() {}

  static void register() {
    try {
      HybridConfig.register();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Tink has no HPKE", e);
    }
  }

  static String freshPrivate() throws GeneralSecurityException {
    HpkeParameters parameters =
        HpkeParameters.builder()
            .setKemId(HpkeParameters.KemId.DHKEM_X25519_HKDF_SHA256)
            .setKdfId(HpkeParameters.KdfId.HKDF_SHA256)
            .setAeadId(HpkeParameters.AeadId.AES_256_GCM)
            // The epoch names the key already.
            .setVariant(HpkeParameters.Variant.NO_PREFIX)
            .build();
    return text(
        TinkProtoKeysetFormat.serializeKeyset(
            KeysetHandle.generateNew(parameters), InsecureSecretKeyAccess.get()));
  }

  static String publicOf(KeysetHandle privateKey) throws GeneralSecurityException {
    return text(
        TinkProtoKeysetFormat.serializeKeysetWithoutSecret(privateKey.getPublicKeysetHandle()));
  }

  static KeysetHandle parsePrivate(Path file, String text) throws IOException {
    try {
      return TinkProtoKeysetFormat.parseKeyset(bytes(text), InsecureSecretKeyAccess.get());
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // Not as the cause: its text may quote the key.
      throw new IOException("not a private key of an epoch: " + file);
    }
  }

  static KeysetHandle parsePublic(Path file, String text) throws IOException {
    try {
      return TinkProtoKeysetFormat.parseKeysetWithoutSecret(bytes(text));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException("not a public key of an epoch: " + file);
    }
  }

  private static String text(byte[] keyset) {
    return Base64.getEncoder().encodeToString(keyset) + "\n";
  }

  private static byte[] bytes(String text) {
    return Base64.getDecoder().decode(text.strip());
  }
}

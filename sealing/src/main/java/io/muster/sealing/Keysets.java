package io.muster.sealing;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.mac.MacConfig;
import com.google.crypto.tink.prf.HkdfPrfParameters;
import com.google.crypto.tink.prf.PrfConfig;
import com.google.crypto.tink.prf.PrfSet;
import com.google.crypto.tink.streamingaead.StreamingAeadConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Properties;

/**
 * A service's keysets, kept in one file of mode 0600: one Tink keyset per kind of sealing, each on
 * a line of its own, so that a further kind is a further line. Whoever loses the file loses what
 * was sealed with it; whoever copies it can read that. Thread-safe.
 */
public final class Keysets {
  private static final String STREAMS = "streams.aes256-gcm-hkdf-64k";
  private static final String BYTES = "bytes.aes256-gcm";
  private static final String HASHES = "hashes.hkdf-sha256";
  private static final String SECRETS = "secrets.hmac-sha256";

  private final SealedStreams streams;
  private final SealedBytes bytes;
  private final PrfSet hashes;
  private final SecretHashes secrets;

  private Keysets(
      KeysetHandle streams, KeysetHandle bytes, KeysetHandle hashes, KeysetHandle secrets)
      throws GeneralSecurityException {
    this.streams = new SealedStreams(streams);
    this.bytes = new SealedBytes(bytes);
    this.hashes = hashes.getPrimitive(RegistryConfiguration.get(), PrfSet.class);
    this.secrets = secrets == null ? null : new SecretHashes(secrets);
  }

  /**
   * Reads the keysets; makes the file first when there is none. Of several processes that make it
   * at once one wins, and all have its keys.
   *
   * @throws IOException when the file can be read by others than its owner, or isn't a keyset file
   */
  public static Keysets loadOrCreate(Path file) throws IOException {
    try {
      register();
      Properties lines = KeysetFile.read(file);
      if (lines == null) {
        lines = KeysetFile.create(file, fresh());
      }
      return new Keysets(
          parse(file, lines, STREAMS),
          parse(file, lines, BYTES),
          parse(file, lines, HASHES),
          // Files of the first release have none, and their service needs none.
          lines.containsKey(SECRETS) ? parse(file, lines, SECRETS) : null);
    } catch (GeneralSecurityException e) {
      throw new IOException("not a keyset file of this version: " + file, e);
    }
  }

  /** Keysets that live and die with this object: for tests. */
  public static Keysets inMemory() {
    try {
      register();
      return new Keysets(
          KeysetHandle.generateNew(SealedStreams.parameters()),
          KeysetHandle.generateNew(ofBytes()),
          KeysetHandle.generateNew(ofHashes()),
          KeysetHandle.generateNew(SecretHashes.parameters()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Tink can't make keysets", e);
    }
  }

  /** For what is long: spools. */
  public SealedStreams streams() {
    return streams;
  }

  /** For what is short: a single call's row. */
  public SealedBytes bytes() {
    return bytes;
  }

  /** Hashes that mean nothing beyond this job and purpose. */
  public KeyedHash hash(SealedFor belongsTo) {
    try {
      return new KeyedHash(hashes.computePrimary(belongsTo.associatedData(), 32));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key of 32 bytes can't be derived", e);
    }
  }

  /**
   * Hashes of generated secrets.
   *
   * @throws IllegalStateException when the file was made by a release that had none
   */
  public SecretHashes secrets() {
    if (secrets == null) {
      throw new IllegalStateException("the keyset file has no line " + SECRETS);
    }
    return secrets;
  }

  private static void register() throws GeneralSecurityException {
    StreamingAeadConfig.register();
    AeadConfig.register();
    PrfConfig.register();
    MacConfig.register();
  }

  private static Properties fresh() throws GeneralSecurityException {
    Properties lines = new Properties();
    lines.setProperty(STREAMS, generate(SealedStreams.parameters()));
    lines.setProperty(BYTES, generate(ofBytes()));
    lines.setProperty(HASHES, generate(ofHashes()));
    lines.setProperty(SECRETS, generate(SecretHashes.parameters()));
    return lines;
  }

  private static AesGcmParameters ofBytes() throws GeneralSecurityException {
    return AesGcmParameters.builder()
        .setKeySizeBytes(32)
        .setIvSizeBytes(12)
        .setTagSizeBytes(16)
        .setVariant(AesGcmParameters.Variant.TINK)
        .build();
  }

  private static HkdfPrfParameters ofHashes() throws GeneralSecurityException {
    return HkdfPrfParameters.builder()
        .setKeySizeBytes(32)
        .setHashType(HkdfPrfParameters.HashType.SHA256)
        .build();
  }

  private static String generate(Parameters parameters) throws GeneralSecurityException {
    byte[] keyset =
        TinkProtoKeysetFormat.serializeKeyset(
            KeysetHandle.generateNew(parameters), InsecureSecretKeyAccess.get());
    return Base64.getEncoder().encodeToString(keyset);
  }

  private static KeysetHandle parse(Path file, Properties lines, String name)
      throws IOException, GeneralSecurityException {
    String line = lines.getProperty(name);
    if (line == null) {
      throw new IOException("the keyset file has no line " + name + ": " + file);
    }
    try {
      return TinkProtoKeysetFormat.parseKeyset(
          Base64.getDecoder().decode(line), InsecureSecretKeyAccess.get());
    } catch (IllegalArgumentException e) {
      // Not as the cause: its text may quote the line.
      throw new IOException("the keyset file's line " + name + " is damaged: " + file);
    }
  }
}

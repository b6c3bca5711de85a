package io.muster.sealing;

import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Mac;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.mac.HmacParameters;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hashes of generated secrets: a whole HMAC-SHA-256, written {@code $hmac-sha256$k=<key>$<tag>}.
 * Only for secrets of at least 112 random bits (NIST SP 800-63B, OWASP ASVS 6.5.2), which nobody
 * can guess however fast the hash is; never for what a person chose. Thread-safe.
 */
public final class SecretHashes {
  private static final Pattern WRITTEN =
      Pattern.compile("\\$hmac-sha256\\$k=([0-9a-f]{8})\\$([A-Za-z0-9+/]{43})");

  /** Tink puts this and the key's number before a tag, and verifies with the key so named. */
  private static final byte TINK = 1;

  private static final int PREFIX = 5;

  private final Mac mac;

  SecretHashes(KeysetHandle keyset) throws GeneralSecurityException {
    this.mac = keyset.getPrimitive(RegistryConfiguration.get(), Mac.class);
  }

  static HmacParameters parameters() throws GeneralSecurityException {
    return HmacParameters.builder()
        .setKeySizeBytes(32)
        .setTagSizeBytes(32)
        .setHashType(HmacParameters.HashType.SHA256)
        .setVariant(HmacParameters.Variant.TINK)
        .build();
  }

  /** Whether this is a hash of ours, and not one of another kind. */
  public static boolean wrote(String hash) {
    return WRITTEN.matcher(hash).matches();
  }

  /** Takes about a microsecond. */
  public String hash(Secret secret) {
    byte[] clear = secret.utf8();
    try {
      byte[] tag = mac.computeMac(clear);
      return "$hmac-sha256$k="
          + HexFormat.of().formatHex(tag, 1, PREFIX)
          + "$"
          + Base64.getEncoder()
              .withoutPadding()
              .encodeToString(Arrays.copyOfRange(tag, PREFIX, tag.length));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a secret can't be hashed", e);
    } finally {
      Arrays.fill(clear, (byte) 0);
    }
  }

  /**
   * @return false also for a hash of another kind or under a key that isn't ours
   */
  public boolean verify(String hash, Secret secret) {
    Matcher parts = WRITTEN.matcher(hash);
    if (!parts.matches()) {
      return false;
    }
    byte[] clear = secret.utf8();
    try {
      byte[] tag = Base64.getDecoder().decode(parts.group(2));
      ByteBuffer whole = ByteBuffer.allocate(PREFIX + tag.length);
      whole.put(TINK).put(HexFormat.of().parseHex(parts.group(1))).put(tag);
      mac.verifyMac(whole.array(), clear);
      return true;
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    } finally {
      Arrays.fill(clear, (byte) 0);
    }
  }
}

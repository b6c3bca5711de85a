package io.muster.user.password;

import io.muster.sealing.Keysets;
import io.muster.sealing.Secret;
import io.muster.sealing.SecretHashes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Makes passwords that nobody chose: 25 characters out of 31, 123.8 random bits, which may be kept
 * under a fast keyed hash (NIST SP 800-63B and OWASP ASVS 6.5.2 ask for 112). Thread-safe.
 */
@ApplicationScoped
public class GeneratedPasswords {
  /** Letters and digits without 0 and o, 1, i and l. None starts a formula in a spreadsheet. */
  private static final byte[] ALPHABET =
      "abcdefghjkmnpqrstuvwxyz23456789".getBytes(StandardCharsets.US_ASCII);

  private static final int GROUPS = 5;
  private static final int OF_A_GROUP = 5;

  /** One byte in 32 is no character; with so many spare ones a second draw is rare. */
  private static final int DRAWN = 32;

  private final SecretHashes hashes;
  private final SecureRandom random;

  @Inject
  public GeneratedPasswords(Keysets keysets) {
    this(keysets, new SecureRandom());
  }

  GeneratedPasswords(Keysets keysets, SecureRandom random) {
    this.hashes = keysets.secrets();
    this.random = random;
  }

  /**
   * A password for one account.
   *
   * @param clear to be sealed and handed out; for the caller to destroy
   * @param hash what the credential keeps; {@link PasswordHashing#verify} understands it
   */
  public record Generated(Secret clear, String hash) {}

  /** Takes a few microseconds. */
  public Generated make() {
    byte[] text = new byte[GROUPS * OF_A_GROUP + GROUPS - 1];
    byte[] drawn = new byte[DRAWN];
    int next = DRAWN;
    for (int i = 0; i < text.length; ) {
      if (i % (OF_A_GROUP + 1) == OF_A_GROUP) {
        text[i++] = '-';
        continue;
      }
      if (next == DRAWN) {
        random.nextBytes(drawn);
        next = 0;
      }
      // Five bits make 32 numbers of equal chance; the one too many is passed over, not folded in.
      int number = drawn[next++] & 31;
      if (number < ALPHABET.length) {
        text[i++] = ALPHABET[number];
      }
    }
    try {
      Secret clear = Secret.ofUtf8(text);
      return new Generated(clear, hashes.hash(clear));
    } finally {
      Arrays.fill(text, (byte) 0);
      Arrays.fill(drawn, (byte) 0);
    }
  }
}

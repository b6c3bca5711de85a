package io.muster.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretHashesTest {
  private static final Secret SECRET = Secret.of("abcde-fghjk-mnpqr-stuvw-xyz23");

  private final SecretHashes hashes = Keysets.inMemory().secrets();

  @Test
  void aHashIsVerifiedWithItsSecretOnly() {
    String hash = hashes.hash(SECRET);

    assertThat(hash).matches("\\$hmac-sha256\\$k=[0-9a-f]{8}\\$[A-Za-z0-9+/]{43}");
    assertThat(SecretHashes.wrote(hash)).isTrue();
    assertThat(hashes.verify(hash, SECRET)).isTrue();
    assertThat(hashes.verify(hash, Secret.of("abcde-fghjk-mnpqr-stuvw-xyz24"))).isFalse();
  }

  @Test
  void withoutTheKeyNobodyCanVerify() {
    assertThat(Keysets.inMemory().secrets().verify(hashes.hash(SECRET), SECRET)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "$hmac-sha256$k=00000001$AAAA",
        "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$"
            + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
      })
  void whatIsNoHashOfOursIsNotVerified(String other) {
    assertThat(SecretHashes.wrote(other)).isFalse();
    assertThat(hashes.verify(other, SECRET)).isFalse();
  }
}

package io.muster.user.password;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.sealing.Keysets;
import io.muster.sealing.Secret;
import org.junit.jupiter.api.Test;

class PasswordHashingTest {
  private final Keysets keysets = Keysets.inMemory();
  private final PasswordHashing hashing = new PasswordHashing(keysets);

  @Test
  void generatedPasswordsAreVerifiedToo() {
    GeneratedPasswords.Generated generated = new GeneratedPasswords(keysets).make();

    assertThat(hashing.verify(generated.hash(), generated.clear())).isTrue();
    assertThat(hashing.verify(generated.hash(), Secret.of("another"))).isFalse();
    assertThat(PasswordHashing.isSlow(generated.hash())).isFalse();
  }

  @Test
  void aHashOfAnUnknownKindVerifiesNothing() {
    assertThat(hashing.verify("zv8Qm2xR7pLw", Secret.of("zv8Qm2xR7pLw"))).isFalse();
    assertThat(hashing.verify("", Secret.of(""))).isFalse();
  }

  @Test
  void weakerHashesAreOutdated() {
    String now = hashing.hashHere(Secret.of("zv8Qm2xR7pLw"));
    assertThat(PasswordHashing.isOutdated(now)).isFalse();
    assertThat(PasswordHashing.isOutdated(now.replace("t=2", "t=1"))).isTrue();
    assertThat(PasswordHashing.isOutdated(now.replace("m=19456", "m=19455"))).isTrue();
    assertThat(PasswordHashing.isOutdated(now.replace("m=19456,t=2", "m=65536,t=3"))).isFalse();
    assertThat(PasswordHashing.isOutdated("$hmac-sha256$")).isFalse();
  }
}

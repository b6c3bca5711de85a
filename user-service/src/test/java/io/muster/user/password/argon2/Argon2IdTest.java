package io.muster.user.password.argon2;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class Argon2IdTest {
  private static final byte[] PASSWORD = "пароль-от-склада-7".getBytes(StandardCharsets.UTF_8);
  private static final byte[] OTHER = "пароль-от-склада-8".getBytes(StandardCharsets.UTF_8);

  static List<Argon2Id> implementations() {
    return List.of(LibArgon2.ifItRuns().orElseThrow(), new BouncyCastleArgon2());
  }

  @Test
  void theNativeOneIsTakenWhereItRuns() {
    assertThat(Argon2Id.fastest()).isInstanceOf(LibArgon2.class);
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void everyOneVerifiesWhatEveryOneHashed(Argon2Id one) {
    PhcHash hash = PhcHash.read(one.hash(PASSWORD)).orElseThrow();

    assertThat(hash.written())
        .matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
    assertThat(one.hash(PASSWORD)).as("a salt of its own").isNotEqualTo(hash.written());
    for (Argon2Id other : implementations()) {
      assertThat(other.verify(hash, PASSWORD)).isTrue();
      assertThat(other.verify(hash, OTHER)).isFalse();
    }
  }

  /** From the reference implementation's own tests, argon2id, version 19. */
  @ParameterizedTest
  @MethodSource("implementations")
  void hashesOfOtherCostsAreVerified(Argon2Id one) {
    PhcHash hash =
        PhcHash.read(
                "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4")
            .orElseThrow();

    assertThat(one.verify(hash, "password".getBytes(StandardCharsets.UTF_8))).isTrue();
    assertThat(one.verify(hash, "Password".getBytes(StandardCharsets.UTF_8))).isFalse();
    assertThat(hash.cost().isBelow(PhcHash.NOW)).isTrue();
    assertThat(PhcHash.NOW.isBelow(PhcHash.NOW)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=16$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=7,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=0,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=99999999,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$short",
      })
  void otherTextsAreNoHashOfOurs(String text) {
    assertThat(PhcHash.read(text)).isEmpty();
  }
}

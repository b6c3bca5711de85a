package io.muster.user.password.argon2;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.chassis.password.Argon2idHash;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class Argon2IdTest {
  private static final byte[] PASSWORD = "пароль-от-склада-7".getBytes(StandardCharsets.UTF_8);
  private static final byte[] OTHER = "пароль-от-склада-8".getBytes(StandardCharsets.UTF_8);

  static List<Argon2Id> implementations() {
    Argon2Id libArgon2 = LibArgon2.ifItRuns().orElseThrow();
    return List.of(
        LibSodium.ifItRuns(libArgon2).orElseThrow(), libArgon2, new BouncyCastleArgon2());
  }

  @Test
  void oneOfTheNativesIsTakenWhereTheyRun() {
    assertThat(Argon2Id.fastest()).isInstanceOfAny(LibSodium.class, LibArgon2.class);
  }

  @Test
  void aLibraryThatComputesAnotherFunctionIsNotTaken() {
    Argon2Id another =
        new Argon2Id() {
          @Override
          public String hash(byte[] password) {
            throw new UnsupportedOperationException();
          }

          @Override
          public boolean verify(PhcHash hash, byte[] password) {
            return false;
          }
        };

    assertThat(LibSodium.ifItRuns(another)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void severalLanesAndShortTagsAreVerified(Argon2Id one) {
    for (String written :
        List.of(
            writtenByBouncyCastle(64, 3, 2, 16, 32),
            writtenByBouncyCastle(64, 3, 1, 16, 16),
            writtenByBouncyCastle(64, 3, 1, 24, 64))) {
      PhcHash hash = PhcHash.read(written).orElseThrow();

      assertThat(one.verify(hash, PASSWORD)).as(written).isTrue();
      assertThat(one.verify(hash, OTHER)).as(written).isFalse();
    }
  }

  private static String writtenByBouncyCastle(
      int memory, int passes, int lanes, int salt, int tag) {
    byte[] saltBytes = new byte[salt];
    Arrays.fill(saltBytes, (byte) 7);
    byte[] computed =
        BouncyCastleArgon2.compute(
            new PhcHash.Cost(memory, passes, lanes), saltBytes, tag, PASSWORD);
    return Argon2idHash.of(memory, passes, lanes, saltBytes, computed).written();
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void theEmptyAndTheLongestPasswordAreHashed(Argon2Id one) {
    byte[] longest = "ж".repeat(256).getBytes(StandardCharsets.UTF_8);
    for (byte[] password : List.of(new byte[0], longest)) {
      PhcHash hash = PhcHash.read(one.hash(password)).orElseThrow();
      assertThat(new BouncyCastleArgon2().verify(hash, password)).isTrue();
    }
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

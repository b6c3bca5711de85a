package io.muster.user.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.sealing.Keysets;
import io.muster.sealing.Secret;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PasswordHashingTest {
  private final Keysets keysets = Keysets.inMemory();
  private final PasswordHashing hashing = new PasswordHashing(keysets);

  @AfterEach
  void stop() {
    hashing.stop();
  }

  @Test
  void hashesStandInTheOrderOfTheirPasswords() {
    List<Secret> passwords =
        IntStream.range(0, 9).mapToObj(i -> Secret.of("zv8Qm2xR7pLw-" + i)).toList();

    List<String> hashes = hashing.hash(passwords);

    assertThat(hashes).hasSize(9).doesNotHaveDuplicates();
    for (int i = 0; i < 9; i++) {
      assertThat(hashing.verify(hashes.get(i), passwords.get(i))).isTrue();
      assertThat(hashing.verify(hashes.get(i), passwords.get((i + 1) % 9))).isFalse();
    }
  }

  @Test
  void nothingIsHashedWhenThereIsNothingToHash() {
    assertThat(hashing.hash(List.of())).isEmpty();
  }

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

  @Test
  void howManyAreHashedAtOnceFollowsWhatWasMeasured() {
    int cores = Runtime.getRuntime().availableProcessors();
    assertThat(hashing.atOnce()).isEqualTo(cores);

    for (int batch = 0; batch < 20; batch++) {
      hashing.follow(10 * cores, TimeUnit.MILLISECONDS.toNanos(100));
    }
    assertThat(hashing.atOnce()).as("ten a core in 100 ms").isEqualTo(25 * cores);

    for (int batch = 0; batch < 20; batch++) {
      hashing.follow(cores, TimeUnit.SECONDS.toNanos(2));
    }
    assertThat(hashing.atOnce()).as("no core is left idle").isEqualTo(cores);

    for (int batch = 0; batch < 20; batch++) {
      hashing.follow(1, TimeUnit.MILLISECONDS.toNanos(25));
    }
    assertThat(hashing.atOnce()).as("one hash uses one core").isEqualTo(10 * cores);
  }

  @Test
  void whatFailsIsTold() {
    Secret destroyed = Secret.of("zv8Qm2xR7pLw");
    destroyed.destroy();

    assertThatThrownBy(() -> hashing.hash(List.of(Secret.of("x"), destroyed)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageNotContaining("zv8Q");
  }
}

package io.muster.user.provisioning.enabling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.sealing.Keysets;
import io.muster.sealing.Secret;
import io.muster.user.password.PasswordHashing;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HashingOnAllCoresTest {
  private final PasswordHashing passwords = new PasswordHashing(Keysets.inMemory());
  private final HashingOnAllCores hashing = new HashingOnAllCores(passwords);

  @AfterEach
  void stop() {
    hashing.stop();
  }

  @Test
  void hashesStandInTheOrderOfTheirPasswordsWhichAreGoneThen() {
    List<Secret> secrets = secrets(9);

    try (HashingOnAllCores.Round round = hashing.begin(secrets)) {
      List<String> hashes = round.hashes();

      assertThat(hashes).hasSize(9).doesNotHaveDuplicates();
      for (int i = 0; i < 9; i++) {
        assertThat(passwords.verify(hashes.get(i), clear(i))).isTrue();
        assertThat(passwords.verify(hashes.get(i), clear((i + 1) % 9))).isFalse();
      }
      assertThat(secrets).allSatisfy(HashingOnAllCoresTest::isDestroyed);
    }
  }

  @Test
  void twoRoundsThatWereBegunOneAfterTheOtherBothEnd() {
    try (HashingOnAllCores.Round first = hashing.begin(secrets(3));
        HashingOnAllCores.Round second = hashing.begin(secrets(3))) {
      assertThat(second.hashes()).hasSize(3);
      assertThat(first.hashes()).hasSize(3);
    }
  }

  @Test
  void nothingIsHashedWhenThereIsNothingToHash() {
    try (HashingOnAllCores.Round round = hashing.begin(List.of())) {
      assertThat(round.hashes()).isEmpty();
    }
  }

  @Test
  void whatIsGivenUpIsForgotten() {
    List<Secret> secrets = secrets(200);

    hashing.begin(secrets).close();

    assertThat(secrets).allSatisfy(HashingOnAllCoresTest::isDestroyed);
  }

  @Test
  void whatFailsIsTold() {
    Secret destroyed = Secret.of("zv8Qm2xR7pLw");
    destroyed.destroy();

    try (HashingOnAllCores.Round round = hashing.begin(List.of(Secret.of("x"), destroyed))) {
      assertThatThrownBy(round::hashes)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageNotContaining("zv8Q");
    }
  }

  @Test
  void howManyAreHashedAtOnceFollowsWhatWasMeasured() {
    int cores = Runtime.getRuntime().availableProcessors();
    assertThat(hashing.atOnce()).isEqualTo(cores);

    for (int batch = 0; batch < 20; batch++) {
      hashing.follow(10, TimeUnit.MILLISECONDS.toNanos(100));
    }
    assertThat(hashing.atOnce()).as("10 ms each").isEqualTo(25 * cores);

    for (int batch = 0; batch < 20; batch++) {
      hashing.follow(3, TimeUnit.SECONDS.toNanos(2));
    }
    assertThat(hashing.atOnce()).as("no core is left idle").isEqualTo(cores);
  }

  @Test
  void aRoundIsReadyWhenItsLastOneWasTried() throws Exception {
    Secret destroyed = Secret.of("zv8Qm2xR7pLw");
    destroyed.destroy();
    try (HashingOnAllCores.Round fails = hashing.begin(List.of(destroyed));
        HashingOnAllCores.Round three = hashing.begin(secrets(3));
        HashingOnAllCores.Round none = hashing.begin(List.of())) {
      assertThat(none.ready().toCompletableFuture()).isDone();
      fails.ready().toCompletableFuture().get(30, TimeUnit.SECONDS);
      three.ready().toCompletableFuture().get(30, TimeUnit.SECONDS);

      assertThat(three.hashes()).hasSize(3);
    }
  }

  private static List<Secret> secrets(int count) {
    return IntStream.range(0, count).mapToObj(HashingOnAllCoresTest::clear).toList();
  }

  private static Secret clear(int number) {
    return Secret.of("zv8Qm2xR7pLw-" + number);
  }

  private static void isDestroyed(Secret secret) {
    assertThatThrownBy(secret::utf8).hasMessageContaining("destroyed");
  }
}

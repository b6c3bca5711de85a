package io.muster.sealing.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.sealing.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordEpochsTest {
  private static final String ADA = "ada@contoso.com";
  private static final Secret PASSWORD = Secret.of("zv8Qm2xR7pLw");

  @TempDir Path folder;
  private final DaysClock clock = new DaysClock("2026-03-01T23:59:59Z");
  private Path privateKeys;
  private Path publicKeys;
  private PasswordEpochs epochs;
  private PasswordOpener opener;

  @BeforeEach
  void folders() {
    privateKeys = folder.resolve("private");
    publicKeys = folder.resolve("public");
    epochs = new PasswordEpochs(privateKeys, publicKeys, clock);
    opener = new PasswordOpener(privateKeys);
  }

  @Test
  void todaysAndTomorrowsKeysAreMadeAndTheirOwnersAlone() throws IOException {
    epochs.ensure();

    assertThat(names(privateKeys)).containsExactly("2026-03-01.private", "2026-03-02.private");
    assertThat(names(publicKeys)).containsExactly("2026-03-01.public", "2026-03-02.public");
    for (Path keys : List.of(privateKeys, publicKeys)) {
      assertThat(mode(keys)).isEqualTo("rwx------");
      for (String name : names(keys)) {
        assertThat(mode(keys.resolve(name))).isEqualTo("rw-------");
      }
    }
  }

  @Test
  void keysThatAreThereStay() throws Exception {
    epochs.ensure();
    String sealed = seal();

    epochs.ensure();

    assertThat(opener.open("contoso", ADA, sealed).sameAs(PASSWORD)).isTrue();
    assertThat(new PasswordOpener(privateKeys).open("contoso", ADA, seal()).sameAs(PASSWORD))
        .isTrue();
  }

  @Test
  void tomorrowsKeyIsNotUsedToday() throws IOException {
    epochs.ensure();

    assertThat(PasswordSealer.open(publicKeys, "contoso", clock).secretsUntil())
        .isEqualTo(Instant.parse("2026-03-16T00:00:00Z"));
    clock.set("2026-03-02T00:00:00Z");
    assertThat(PasswordSealer.open(publicKeys, "contoso", clock).secretsUntil())
        .isEqualTo(Instant.parse("2026-03-17T00:00:00Z"));
  }

  @Test
  void anOlderKeyServesWhileUserServiceIsAway() throws Exception {
    epochs.ensure();
    clock.set("2026-03-05T00:00:00Z");

    assertThat(opener.open("contoso", ADA, seal()).sameAs(PASSWORD)).isTrue();
  }

  @Test
  void withoutAKeyThatLastsNothingIsSealed() throws IOException {
    assertThatThrownBy(this::seal).isInstanceOf(IOException.class).hasMessageContaining("public");
    epochs.ensure();
    clock.set("2026-03-18T00:00:00Z");
    assertThatThrownBy(this::seal).isInstanceOf(IOException.class).hasMessageContaining("public");
  }

  @Test
  void aPublicKeyOfAPrivateKeyThatIsLostIsReplaced() throws Exception {
    epochs.ensure();
    Files.delete(privateKeys.resolve("2026-03-01.private"));

    epochs.ensure();

    assertThat(opener.open("contoso", ADA, seal()).sameAs(PASSWORD)).isTrue();
  }

  @Test
  void aPrivateKeyLivesForItsDayAndFourteenMore() throws Exception {
    epochs.ensure();
    String sealed = seal();

    clock.set("2026-03-15T23:59:59Z");
    epochs.destroyExpired();
    assertThat(opener.open("contoso", ADA, sealed).sameAs(PASSWORD)).isTrue();

    clock.set("2026-03-16T00:00:00Z");
    Path linked =
        Files.createLink(folder.resolve("copy"), privateKeys.resolve("2026-03-01.private"));
    epochs.destroyExpired();

    assertThat(names(privateKeys)).containsExactly("2026-03-02.private");
    assertThat(names(publicKeys)).containsExactly("2026-03-02.public");
    assertThat(Files.readAllBytes(linked)).as("overwritten").containsOnly(0);
    for (PasswordOpener any : List.of(opener, new PasswordOpener(privateKeys))) {
      assertThatThrownBy(() -> any.open("contoso", ADA, sealed))
          .as("whether or not the key was remembered")
          .isInstanceOf(SecretExpired.class);
    }
  }

  @Test
  void keysOfDestroyedEpochsAreForgotten() throws Exception {
    epochs.ensure();
    String sealed = seal();
    opener.open("contoso", ADA, sealed);
    Path key = privateKeys.resolve("2026-03-01.private");
    Files.delete(key);

    opener.forgetDestroyed();

    epochs.ensure();
    assertThatThrownBy(() -> opener.open("contoso", ADA, sealed))
        .as("read again, and now it is another key")
        .isInstanceOf(io.muster.sealing.SealBroken.class);
  }

  @Test
  void aFolderThatIsNotThereExpiresNothing() throws Exception {
    epochs.ensure();
    String sealed = seal();
    Files.move(privateKeys, folder.resolve("not-mounted"));

    assertThatThrownBy(() -> opener.open("contoso", ADA, sealed))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void aPrivateKeyThatOthersMayReadIsNotUsed() throws Exception {
    epochs.ensure();
    String sealed = seal();
    Files.setPosixFilePermissions(
        privateKeys.resolve("2026-03-01.private"), PosixFilePermissions.fromString("rw-r--r--"));

    assertThatThrownBy(() -> opener.open("contoso", ADA, sealed))
        .isInstanceOf(UncheckedIOException.class)
        .hasRootCauseMessage(
            "others may read the key file, make it mode 0600: "
                + privateKeys.resolve("2026-03-01.private"));
  }

  @Test
  void manyThatMakeThemAtOnceMakeOnePair() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    CountDownLatch start = new CountDownLatch(1);
    List<Future<?>> made = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      made.add(
          threads.submit(
              () -> {
                start.await();
                new PasswordEpochs(privateKeys, publicKeys, clock).ensure();
                String sealed = seal();
                return opener.open("contoso", ADA, sealed).sameAs(PASSWORD);
              }));
    }

    start.countDown();

    for (Future<?> future : made) {
      assertThat(future.get()).isEqualTo(true);
    }
    threads.shutdown();
    assertThat(names(privateKeys)).hasSize(2);
    assertThat(names(publicKeys)).hasSize(2);
  }

  private String seal() throws IOException {
    return PasswordSealer.open(publicKeys, "contoso", clock).seal(ADA, PASSWORD);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}

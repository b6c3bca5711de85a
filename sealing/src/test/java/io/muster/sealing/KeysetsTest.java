package io.muster.sealing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysetsTest {
  private static final SealedFor JOB = new SealedFor("contoso", UUID.randomUUID(), "rows");
  private static final byte[] CLEAR = "a row".getBytes(UTF_8);

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void aFile() {
    file = directory.resolve("keys/bulk-ingest.keyset");
  }

  @Test
  void theFileIsMadeOnceAndItsOwnersAlone() throws IOException {
    byte[] sealed = Keysets.loadOrCreate(file).bytes().seal(CLEAR, JOB);

    Keysets again = Keysets.loadOrCreate(file);

    assertThat(again.bytes().open(sealed, JOB)).isEqualTo(CLEAR);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aFileThatOthersMayReadIsRefused() throws IOException {
    Keysets.loadOrCreate(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

    assertThatThrownBy(() -> Keysets.loadOrCreate(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("0600");
  }

  @Test
  void aDamagedFileIsRefusedWithoutQuotingIt() throws IOException {
    Keysets.loadOrCreate(file);
    String text = Files.readString(file);
    Files.writeString(file, text.replaceAll("(?m)^(bytes\\S*=).*$", "$1secret!"));

    assertThatThrownBy(() -> Keysets.loadOrCreate(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("damaged")
        .hasNoCause()
        .message()
        .doesNotContain("secret");
  }

  @Test
  void linesOfLaterReleasesDoNotHurt() throws IOException {
    byte[] sealed = Keysets.loadOrCreate(file).bytes().seal(CLEAR, JOB);
    Files.writeString(file, Files.readString(file) + "passwords.hpke=AAAA\n");

    assertThat(Keysets.loadOrCreate(file).bytes().open(sealed, JOB)).isEqualTo(CLEAR);
  }

  @Test
  void aFileOfAReleaseWithoutHashesOfSecretsStillOpensWhatItSealed() throws IOException {
    byte[] sealed = Keysets.loadOrCreate(file).bytes().seal(CLEAR, JOB);
    Files.writeString(file, Files.readString(file).replaceAll("(?m)^secrets\\S*=.*$", ""));

    Keysets old = Keysets.loadOrCreate(file);

    assertThat(old.bytes().open(sealed, JOB)).isEqualTo(CLEAR);
    assertThatThrownBy(old::secrets)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("secrets.hmac-sha256");
  }

  @Test
  void ofManyThatMakeItAtOnceAllHaveTheSameKeys() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    CountDownLatch start = new CountDownLatch(1);
    List<Future<Keysets>> made = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      made.add(
          threads.submit(
              () -> {
                start.await();
                return Keysets.loadOrCreate(file);
              }));
    }

    start.countDown();

    byte[] sealed = made.get(0).get().bytes().seal(CLEAR, JOB);
    for (Future<Keysets> keysets : made) {
      assertThat(keysets.get().bytes().open(sealed, JOB)).isEqualTo(CLEAR);
    }
    threads.shutdown();
  }

  @Test
  void hashesAreTheSameForTheSameJobOnly() throws IOException {
    Keysets keysets = Keysets.loadOrCreate(file);
    long hash = keysets.hash(JOB).of(CLEAR, 0, CLEAR.length);

    assertThat(Keysets.loadOrCreate(file).hash(JOB).of(CLEAR, 0, CLEAR.length)).isEqualTo(hash);
    SealedFor otherJob = new SealedFor("contoso", UUID.randomUUID(), "rows");
    assertThat(keysets.hash(otherJob).of(CLEAR, 0, CLEAR.length)).isNotEqualTo(hash);
    assertThat(Keysets.inMemory().hash(JOB).of(CLEAR, 0, CLEAR.length)).isNotEqualTo(hash);
    assertThat(keysets.hash(JOB).of(CLEAR, 0, CLEAR.length - 1)).isNotEqualTo(hash);
  }
}

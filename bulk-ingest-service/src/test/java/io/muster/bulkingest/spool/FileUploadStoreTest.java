package io.muster.bulkingest.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileUploadStoreTest {
  private static final UUID JOB = UUID.randomUUID();

  @TempDir Path parent;

  @Test
  void whatWasKeptIsThereAfterARestart() throws IOException {
    try (FileUploadStore store = store()) {
      keep(store, JOB);
    }

    try (FileUploadStore again = store();
        SeekableByteChannel part = again.part(JOB, "rows")) {
      assertThat(part.size()).isEqualTo(3);
      assertThat(again.kept()).containsExactly(JOB);
    }
  }

  @Test
  void whatWasNotKeptIsGone() throws IOException {
    try (FileUploadStore store = store()) {
      try (UploadStore.Draft draft = store.draft(JOB)) {
        write(draft, "rows");
      }

      assertThat(store.kept()).isEmpty();
      assertThatThrownBy(() -> store.part(JOB, "rows")).isInstanceOf(NoSuchFileException.class);
      assertThat(files()).containsExactlyInAnyOrder(".lock", ".store-id");
    }
  }

  @Test
  void whatACrashLeftHalfDoneIsSweptAtTheNextStart() throws IOException {
    try (FileUploadStore store = store()) {
      // Never closed: the process died.
      write(store.draft(JOB), "rows");
      assertThat(store.kept()).isEmpty();
    }

    try (FileUploadStore again = store()) {
      assertThat(files()).containsExactlyInAnyOrder(".lock", ".store-id");
      keep(again, JOB);
    }
  }

  @Test
  void aSecondInstanceIsRefused() throws IOException {
    try (FileUploadStore store = store()) {
      assertThatThrownBy(this::store)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another bulk-ingest-service");
      assertThat(store.kept()).isEmpty();
    }
    store().close();
  }

  @Test
  void severalInstancesHaveADirectoryThatIsShared() throws IOException {
    try (FileUploadStore one = shared();
        FileUploadStore two = shared()) {
      keep(one, JOB);

      assertThat(two.kept()).containsExactly(JOB);
      assertThat(two.id()).isEqualTo(one.id());
      try (SeekableByteChannel part = two.part(JOB, "rows")) {
        assertThat(part.size()).isEqualTo(3);
      }
    }
  }

  @Test
  void whoSharesAndWhoDoesNotRefuseEachOther() throws IOException {
    try (FileUploadStore alone = store()) {
      assertThatThrownBy(this::shared)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("has this directory for itself")
          .hasMessageContaining("muster.spool.shared=true");
      assertThat(alone.kept()).isEmpty();
    }
    try (FileUploadStore one = shared()) {
      assertThatThrownBy(this::store)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("share this directory")
          .hasMessageContaining("muster.spool.shared=true");
      assertThat(one.kept()).isEmpty();
    }
    store().close();
  }

  @Test
  void whatIsStillComingInAtAnotherInstanceIsLeftAlone() throws IOException {
    try (FileUploadStore one = shared()) {
      UploadStore.Draft draft = one.draft(JOB);
      write(draft, "rows");

      shared().close();

      draft.keep();
      assertThat(one.kept()).containsExactly(JOB);
    }
  }

  @Test
  void whatAnotherInstanceHasJustKeptIsNobodysOrphanAsLongAsItRuns() throws IOException {
    FileUploadStore one = shared();
    keep(one, JOB);
    try (FileUploadStore two = shared()) {
      assertThat(two.withoutKeeper()).isEmpty();

      one.close();

      assertThat(two.withoutKeeper()).containsExactly(JOB);
    }
  }

  @Test
  void aKilledInstanceHoldsNothing() throws Exception {
    Path directory = parent.resolve("spool");
    Process killed = Holder.start(directory);
    try {
      assertThatThrownBy(this::store).hasMessageContaining("share this directory");
      try (FileUploadStore two = shared()) {
        assertThat(two.withoutKeeper()).isEmpty();

        killed.destroyForcibly().waitFor();

        assertThat(two.withoutKeeper()).containsExactly(Holder.KEPT);
      }
    } finally {
      killed.destroyForcibly();
    }
    store().close();
    assertThat(files()).noneMatch(file -> file.startsWith(".half") || file.startsWith(".shared"));
  }

  /** Another instance, as a process of its own: keeps one upload and is in the midst of another. */
  static final class Holder {
    static final UUID KEPT = UUID.fromString("0199aaaa-0000-7000-8000-000000000001");

    private Holder() {}

    static Process start(Path directory) throws IOException {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx32m",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Holder.class.getName(),
                  directory.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      assertThat(process.inputReader().readLine()).isEqualTo("holding");
      return process;
    }

    public static void main(String[] arguments) throws Exception {
      FileUploadStore store = FileUploadStore.sharedAt(Path.of(arguments[0]));
      keep(store, KEPT);
      write(store.draft(UUID.randomUUID()), "rows");
      System.out.println("holding");
      Thread.currentThread().join();
    }
  }

  @Test
  void nobodyElseMayLook() throws IOException {
    try (FileUploadStore store = store()) {
      keep(store, JOB);
    }

    assertThat(modes(parent.resolve("spool"))).isEqualTo("rwx------");
    assertThat(modes(parent.resolve("spool").resolve(JOB.toString()))).isEqualTo("rwx------");
    assertThat(modes(parent.resolve("spool").resolve(JOB.toString()).resolve("rows")))
        .isEqualTo("rw-------");
  }

  @Test
  void anUploadIsDiscardedOnceAndForAll() throws IOException {
    try (FileUploadStore store = store()) {
      keep(store, JOB);

      store.discard(JOB);
      store.discard(JOB);

      assertThat(store.kept()).isEmpty();
      assertThat(files()).containsExactlyInAnyOrder(".lock", ".store-id");
    }
  }

  @Test
  void aJobHasOneUpload() throws IOException {
    try (FileUploadStore store = store()) {
      keep(store, JOB);

      assertThatThrownBy(() -> store.draft(JOB)).isInstanceOf(FileAlreadyExistsException.class);
    }
  }

  private FileUploadStore store() throws IOException {
    return FileUploadStore.at(parent.resolve("spool"));
  }

  private FileUploadStore shared() throws IOException {
    return FileUploadStore.sharedAt(parent.resolve("spool"));
  }

  private static void keep(FileUploadStore store, UUID job) throws IOException {
    try (UploadStore.Draft draft = store.draft(job)) {
      write(draft, "rows");
      draft.keep();
    }
  }

  private static void write(UploadStore.Draft draft, String part) throws IOException {
    try (WritableByteChannel channel = draft.write(part)) {
      channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
    }
  }

  private Stream<String> files() throws IOException {
    try (Stream<Path> files = Files.list(parent.resolve("spool"))) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    }
  }

  private static String modes(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}

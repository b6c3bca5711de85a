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
      assertThat(files()).containsExactly(".lock");
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
      assertThat(files()).containsExactly(".lock");
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
      assertThat(files()).containsExactly(".lock");
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

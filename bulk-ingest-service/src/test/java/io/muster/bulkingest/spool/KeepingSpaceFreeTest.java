package io.muster.bulkingest.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeepingSpaceFreeTest {
  private static final long MIN_FREE = 1_000;
  private static final UUID JOB = UUID.randomUUID();
  private static final ByteBuffer MEBIBYTE = ByteBuffer.allocate(1 << 20);

  @TempDir Path directory;

  private final AtomicLong free = new AtomicLong(MIN_FREE);

  @Test
  void anUploadIsRefusedBeforeItBeginsWhenThereIsTooLittleRoom() throws IOException {
    free.set(MIN_FREE - 1);

    try (UploadStore store = store()) {
      assertThatThrownBy(() -> store.draft(JOB)).isInstanceOf(StoreFull.class);
    }

    assertThat(left()).isEmpty();
  }

  @Test
  void oneThatGrowsIntoTheReserveIsBrokenOffAndLeavesNothing() throws IOException {
    try (UploadStore store = store()) {
      try (UploadStore.Draft draft = store.draft(JOB);
          WritableByteChannel rows = draft.write("rows");
          WritableByteChannel refused = draft.write("refused")) {
        for (int mebibyte = 1; mebibyte < 16; mebibyte++) {
          rows.write(MEBIBYTE.rewind());
        }
        free.set(MIN_FREE - 1);

        assertThatThrownBy(() -> refused.write(MEBIBYTE.rewind()))
            .isInstanceOf(StoreFull.class)
            .hasMessageContaining("must stay free");
      }

      assertThat(store.kept()).isEmpty();
    }
    assertThat(left()).isEmpty();
  }

  @Test
  void withRoomEnoughUploadsAreKeptAndReadAndDiscarded() throws IOException {
    try (UploadStore store = store()) {
      try (UploadStore.Draft draft = store.draft(JOB)) {
        try (WritableByteChannel rows = draft.write("rows")) {
          for (int mebibyte = 1; mebibyte <= 20; mebibyte++) {
            rows.write(MEBIBYTE.rewind());
          }
        }
        draft.keep();
      }
      free.set(0);

      assertThat(store.kept()).containsExactly(JOB);
      assertThat(store.bytes(JOB)).isEqualTo(20L << 20);
      store.part(JOB, "rows").close();
      store.discard(JOB);
      assertThat(store.kept()).isEmpty();
    }
  }

  private UploadStore store() throws IOException {
    return new KeepingSpaceFree(FileUploadStore.at(directory), free::get, MIN_FREE);
  }

  private Stream<String> left() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .toList()
          .stream();
    }
  }
}

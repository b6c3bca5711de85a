package io.muster.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedStreamsTest {
  private static final UUID JOB = UUID.fromString("0199a0b0-0000-7000-8000-000000000001");
  private static final SealedFor ROWS = new SealedFor("contoso", JOB, "rows");

  @TempDir Path directory;
  private final SealedStreams streams = Keysets.inMemory().streams();
  private Path file;

  @BeforeEach
  void aFile() {
    file = directory.resolve("sealed");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_000, 65_536, 131_072, 500_000})
  void whatWasSealedIsReadFromStartToEnd(int length) throws IOException {
    byte[] clear = someBytes(length);

    sealed(clear);

    try (ReadableByteChannel open = streams.openFromStart(stored(), ROWS)) {
      assertThat(all(open)).isEqualTo(clear);
    }
  }

  @Test
  void aStreamOfJavaIsSealedToo() throws IOException {
    byte[] clear = someBytes(100_000);

    try (OutputStream out = streams.seal(Files.newOutputStream(file), ROWS)) {
      out.write(clear);
    }

    try (ReadableByteChannel open = streams.openFromStart(stored(), ROWS)) {
      assertThat(all(open)).isEqualTo(clear);
    }
  }

  @Test
  void anyPlaceIsReadWithoutWhatComesBefore() throws IOException {
    byte[] clear = someBytes(400_000);
    sealed(clear);
    Random random = new Random(7);

    try (SeekableByteChannel open = streams.open(stored(), ROWS)) {
      for (int i = 0; i < 200; i++) {
        int from = random.nextInt(clear.length);
        int length = random.nextInt(Math.min(3_000, clear.length - from) + 1);
        ByteBuffer read = ByteBuffer.allocate(length);
        open.position(from);
        while (read.hasRemaining() && open.read(read) >= 0) {
          // until all is there
        }
        assertThat(read.array()).isEqualTo(Arrays.copyOfRange(clear, from, from + length));
      }
    }
  }

  @Test
  void theClearBytesAreNowhereInTheFile() throws IOException {
    sealed("chris@contoso.com".repeat(10_000).getBytes(java.nio.charset.StandardCharsets.UTF_8));

    assertThat(new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain("contoso");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 39, 40, 41, 65_535, 65_536, 150_000, 262_143})
  void anyAlteredByteIsFound(int place) throws IOException {
    sealed(someBytes(300_000));
    byte[] bytes = Files.readAllBytes(file);
    bytes[place] ^= 1;
    Files.write(file, bytes);

    assertThatThrownBy(this::readAll).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 16, 40_000, 65_536, 131_072})
  void aStreamThatWasCutShortIsFoundAtItsEnd(int missing) throws IOException {
    sealed(someBytes(300_000));
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - missing));

    assertThatThrownBy(this::readAll).isInstanceOf(IOException.class);
    assertThatThrownBy(this::readLastByte).isInstanceOf(IOException.class);
  }

  @Test
  void aStreamThatWasCutAtASegmentIsFoundAtItsEnd() throws IOException {
    sealed(someBytes(300_000));
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, 2 * SealedStreams.SEGMENT_BYTES));

    assertThatThrownBy(this::readAll).isInstanceOf(IOException.class);
    assertThatThrownBy(this::readLastByte).isInstanceOf(IOException.class);
  }

  @Test
  void itOpensForNothingElseThanItWasSealedFor() throws IOException {
    sealed(someBytes(1_000));

    for (SealedFor other :
        new SealedFor[] {
          new SealedFor("fabrikam", JOB, "rows"),
          new SealedFor("contoso", UUID.randomUUID(), "rows"),
          new SealedFor("contoso", JOB, "index"),
        }) {
      assertThatThrownBy(
              () -> {
                try (ReadableByteChannel open = streams.openFromStart(stored(), other)) {
                  all(open);
                }
              })
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void anotherKeysetDoesNotOpenIt() throws IOException {
    sealed(someBytes(1_000));
    SealedStreams others = Keysets.inMemory().streams();

    assertThatThrownBy(
            () -> {
              try (ReadableByteChannel open = others.openFromStart(stored(), ROWS)) {
                all(open);
              }
            })
        .isInstanceOf(IOException.class);
  }

  private void sealed(byte[] clear) throws IOException {
    try (WritableByteChannel seal =
        streams.seal(
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE), ROWS)) {
      ByteBuffer bytes = ByteBuffer.wrap(clear);
      while (bytes.hasRemaining()) {
        seal.write(bytes);
      }
    }
  }

  private void readAll() throws IOException {
    try (ReadableByteChannel open = streams.openFromStart(stored(), ROWS)) {
      all(open);
    }
  }

  private void readLastByte() throws IOException {
    try (SeekableByteChannel open = streams.open(stored(), ROWS)) {
      open.position(open.size() - 1);
      open.read(ByteBuffer.allocate(1));
    }
  }

  private SeekableByteChannel stored() throws IOException {
    return Files.newByteChannel(file);
  }

  private static byte[] all(ReadableByteChannel channel) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Channels.newInputStream(channel).transferTo(all);
    return all.toByteArray();
  }

  private static byte[] someBytes(int length) {
    byte[] bytes = new byte[length];
    new Random(42).nextBytes(bytes);
    return bytes;
  }
}

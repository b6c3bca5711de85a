package io.muster.sealing;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Properties;
import java.util.Set;

/** The file that keysets are kept in: whole or not there, and its owner's alone. */
final class KeysetFile {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final FileAttribute<Set<PosixFilePermission>> MODE_0600 =
      PosixFilePermissions.asFileAttribute(OWNER_ONLY);

  private KeysetFile() {}

  /**
   * @return null when there is no such file
   */
  static Properties read(Path file) throws IOException {
    try {
      Set<PosixFilePermission> granted = EnumSet.copyOf(Files.getPosixFilePermissions(file));
      granted.removeAll(OWNER_ONLY);
      granted.remove(PosixFilePermission.OWNER_EXECUTE);
      if (!granted.isEmpty()) {
        throw new IOException("others may read the keyset file, make it mode 0600: " + file);
      }
      Properties lines = new Properties();
      lines.load(new StringReader(Files.readString(file, StandardCharsets.UTF_8)));
      return lines;
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /**
   * Writes a temporary file beside it, syncs it, and links it to its name unless someone else was
   * first.
   *
   * @return what stands in the file now
   */
  static Properties create(Path file, Properties lines) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path half = Files.createTempFile(folder, ".keyset-", ".half", MODE_0600);
    try {
      StringWriter text = new StringWriter();
      lines.store(text, "Muster's keysets: keep secret, keep a copy, mode 0600");
      try (FileChannel channel = FileChannel.open(half, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text.toString());
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.createLink(file, half);
    } catch (FileAlreadyExistsException e) {
      // Another process made it in the meantime: its keys count.
      return readAgain(file);
    } finally {
      Files.deleteIfExists(half);
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
    return lines;
  }

  private static Properties readAgain(Path file) throws IOException {
    Properties lines = read(file);
    if (lines == null) {
      throw new IOException("the keyset file came and went: " + file);
    }
    return lines;
  }
}

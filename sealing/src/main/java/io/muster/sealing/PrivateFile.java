package io.muster.sealing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Files that hold keys: whole or not there, synced, and their owner's alone. */
public final class PrivateFile {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final FileAttribute<Set<PosixFilePermission>> MODE_0600 =
      PosixFilePermissions.asFileAttribute(OWNER_ONLY);
  private static final FileAttribute<Set<PosixFilePermission>> MODE_0700 =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private PrivateFile() {}

  /**
   * @return null when there is no such file
   * @throws IOException also when others than its owner may read it
   */
  public static String read(Path file) throws IOException {
    try {
      Set<PosixFilePermission> granted = EnumSet.copyOf(Files.getPosixFilePermissions(file));
      granted.removeAll(OWNER_ONLY);
      granted.remove(PosixFilePermission.OWNER_EXECUTE);
      if (!granted.isEmpty()) {
        throw new IOException("others may read the key file, make it mode 0600: " + file);
      }
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /**
   * Writes a temporary file beside it, syncs it, and links it to its name unless someone else was
   * first.
   *
   * @return what stands in the file now: the first one's text
   */
  public static String createOnce(Path file, String text) throws IOException {
    Path half = half(file, text);
    try {
      Files.createLink(file, half);
    } catch (FileAlreadyExistsException e) {
      // Another process made it in the meantime: its keys count.
      String first = read(file);
      if (first == null) {
        throw new IOException("the key file came and went: " + file);
      }
      return first;
    } finally {
      Files.deleteIfExists(half);
    }
    syncFolder(file);
    return text;
  }

  /** Puts this text in the place of whatever stands there. */
  public static void replace(Path file, String text) throws IOException {
    Path half = half(file, text);
    try {
      Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(half);
    }
    syncFolder(file);
  }

  /**
   * Overwrites the file with zeros and deletes it. Overwriting helps where the file system writes
   * in place; elsewhere, as in backups, what counts is who keeps copies of the folder.
   */
  public static void destroy(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer zeros = ByteBuffer.allocate((int) channel.size());
      while (zeros.hasRemaining()) {
        channel.write(zeros);
      }
      channel.force(true);
    } catch (NoSuchFileException e) {
      return;
    }
    Files.deleteIfExists(file);
    syncFolder(file);
  }

  private static Path half(Path file, String text) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder, MODE_0700);
    Path half = Files.createTempFile(folder, ".key-", ".half", MODE_0600);
    try (FileChannel channel = FileChannel.open(half, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    return half;
  }

  private static void syncFolder(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}

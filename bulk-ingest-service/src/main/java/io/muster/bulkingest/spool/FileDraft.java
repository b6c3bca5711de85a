package io.muster.bulkingest.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.stream.Stream;

/** An upload that is still coming in, as a folder under a temporary name. */
final class FileDraft implements UploadStore.Draft {
  private final Path half;
  private final Path whole;
  private final String keeper;
  private boolean over;

  /**
   * @param half is there
   * @param whole its name when it is kept
   * @param keeper name of an empty file in it, which tells who kept it
   */
  FileDraft(Path half, Path whole, String keeper) {
    this.half = half;
    this.whole = whole;
    this.keeper = keeper;
  }

  @Override
  public WritableByteChannel write(String name) throws IOException {
    return FileChannel.open(
        half.resolve(name),
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
        FileUploadStore.MODE_0600);
  }

  @Override
  public SeekableByteChannel read(String name) throws IOException {
    return Files.newByteChannel(half.resolve(name), StandardOpenOption.READ);
  }

  @Override
  public void remove(String name) throws IOException {
    Files.deleteIfExists(half.resolve(name));
  }

  @Override
  public void keep() throws IOException {
    Files.createFile(half.resolve(keeper), FileUploadStore.MODE_0600);
    try (Stream<Path> files = Files.list(half)) {
      for (Path file : files.toList()) {
        FileUploadStore.sync(file);
      }
    }
    FileUploadStore.sync(half);
    Files.move(half, whole, StandardCopyOption.ATOMIC_MOVE);
    over = true;
    FileUploadStore.sync(whole.getParent());
  }

  @Override
  public void close() throws IOException {
    if (!over) {
      over = true;
      FileUploadStore.remove(half);
    }
  }
}

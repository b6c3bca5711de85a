package io.muster.bulkingest.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Uploads as folders of files: {@code DIR/<job>/<part>}, folders of mode 0700 and files of mode
 * 0600. What is still coming in stands under a name of its own until it is whole. Thread-safe.
 */
public final class FileUploadStore implements UploadStore {
  private static final String HALF = ".half-";
  private static final String LOCK = ".lock";
  private static final FileAttribute<Set<PosixFilePermission>> MODE_0600 =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<Set<PosixFilePermission>> MODE_0700 =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path directory;
  private final FileChannel lockFile;

  private FileUploadStore(Path directory, FileChannel lockFile) {
    this.directory = directory;
    this.lockFile = lockFile;
  }

  /**
   * Takes a directory for this process alone and sweeps what a crash left half done.
   *
   * @throws IOException when another process has it
   */
  public static FileUploadStore at(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory, MODE_0700);
    }
    FileChannel lockFile =
        FileChannel.open(
            directory.resolve(LOCK),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            MODE_0600);
    try {
      if (!isLocked(lockFile)) {
        throw new IOException(
            "another bulk-ingest-service has this directory, and its spools can't be shared: "
                + directory);
      }
      FileUploadStore store = new FileUploadStore(directory, lockFile);
      for (Path half : store.folders(HALF)) {
        remove(half);
      }
      return store;
    } catch (IOException | RuntimeException e) {
      lockFile.close();
      throw e;
    }
  }

  private static boolean isLocked(FileChannel lockFile) throws IOException {
    try {
      FileLock lock = lockFile.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public Draft draft(UUID jobId) throws IOException {
    if (Files.exists(folder(jobId))) {
      throw new FileAlreadyExistsException(folder(jobId).toString());
    }
    return new FileDraft(
        Files.createDirectory(directory.resolve(HALF + jobId), MODE_0700), folder(jobId));
  }

  @Override
  public SeekableByteChannel part(UUID jobId, String name) throws IOException {
    return Files.newByteChannel(folder(jobId).resolve(name), StandardOpenOption.READ);
  }

  @Override
  public void discard(UUID jobId) throws IOException {
    Path gone = directory.resolve(HALF + jobId);
    try {
      // Out of sight in one step; what a crash leaves of it is swept.
      Files.move(folder(jobId), gone, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      return;
    }
    remove(gone);
    sync(directory);
  }

  @Override
  public long bytes(UUID jobId) throws IOException {
    long bytes = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder(jobId))) {
      for (Path file : files) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }

  @Override
  public Set<UUID> kept() throws IOException {
    Set<UUID> jobs = new HashSet<>();
    for (Path folder : folders("")) {
      String name = folder.getFileName().toString();
      if (!name.startsWith(".")) {
        jobs.add(UUID.fromString(name));
      }
    }
    return jobs;
  }

  /** Lets another process have the directory. */
  @Override
  public void close() throws IOException {
    lockFile.close();
  }

  private Path folder(UUID jobId) {
    return directory.resolve(jobId.toString());
  }

  private List<Path> folders(String prefix) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.filter(Files::isDirectory)
          .filter(path -> path.getFileName().toString().startsWith(prefix))
          .toList();
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(folder);
  }

  private static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** A folder under a temporary name. */
  private final class FileDraft implements Draft {
    private final Path half;
    private final Path whole;
    private boolean over;

    FileDraft(Path half, Path whole) {
      this.half = half;
      this.whole = whole;
    }

    @Override
    public WritableByteChannel write(String name) throws IOException {
      return FileChannel.open(
          half.resolve(name),
          Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
          MODE_0600);
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
      try (Stream<Path> files = Files.list(half)) {
        for (Path file : files.toList()) {
          sync(file);
        }
      }
      sync(half);
      Files.move(half, whole, StandardCopyOption.ATOMIC_MOVE);
      over = true;
      sync(directory);
    }

    @Override
    public void close() throws IOException {
      if (!over) {
        over = true;
        FileUploadStore.remove(half);
      }
    }
  }
}

package io.muster.bulkingest.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Who has a directory of spools: one process alone, or several that share it. Known by locks on
 * files, which the operating system takes away with a process however that ends, so that none can
 * be stale. Who is alone keeps {@code .lock} locked; who shares keeps a file of its own locked, and
 * {@code .lock} only while it looks who else is there.
 */
final class DirectoryHolders implements Closeable {
  private static final String LOCK = ".lock";
  private static final String SHARING = ".shared-";

  /** Others that start at the same moment look around for some milliseconds. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final long MOMENT_MILLIS = 10;

  private final Path directory;
  private final boolean shared;
  private final String me = UUID.randomUUID().toString();
  private final FileChannel held;

  /** Takes the directory. */
  private DirectoryHolders(Path directory, boolean shared) throws IOException {
    this.directory = directory;
    this.shared = shared;
    FileChannel lock = lockTheDirectory(directory, shared);
    FileChannel own = lock;
    try {
      Set<String> others = othersThatLive();
      if (shared) {
        own = lockedOrNull(directory.resolve(SHARING + me));
      } else if (!others.isEmpty()) {
        throw new IOException(
            "other instances of bulk-ingest-service share this directory: set"
                + " muster.spool.shared=true for this one, too: "
                + directory);
      }
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
    if (own != lock) {
      lock.close();
    }
    this.held = own;
  }

  /**
   * @throws IOException when another process has it, alone or with others
   */
  static DirectoryHolders alone(Path directory) throws IOException {
    return new DirectoryHolders(directory, false);
  }

  /**
   * @throws IOException when another process has it alone
   */
  static DirectoryHolders together(Path directory) throws IOException {
    return new DirectoryHolders(directory, true);
  }

  /** This process's name among them, a new one for each start. */
  String me() {
    return me;
  }

  /** Names of the others that have it now. */
  Set<String> others() throws IOException {
    if (!shared) {
      return Set.of();
    }
    try (FileChannel unusedLock = lockTheDirectory(directory, true)) {
      return othersThatLive();
    }
  }

  private Set<String> othersThatLive() throws IOException {
    Set<String> living = new HashSet<>();
    for (Path file : sharing()) {
      String name = file.getFileName().toString().substring(SHARING.length());
      if (name.equals(me)) {
        continue;
      }
      FileChannel lock = lockedOrNull(file);
      if (lock == null) {
        living.add(name);
      } else {
        Files.deleteIfExists(file);
        lock.close();
      }
    }
    return living;
  }

  private List<Path> sharing() throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.filter(path -> path.getFileName().toString().startsWith(SHARING)).toList();
    }
  }

  private static FileChannel lockTheDirectory(Path directory, boolean patient) throws IOException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    FileChannel lock = lockedOrNull(directory.resolve(LOCK));
    while (lock == null && patient && System.nanoTime() < end) {
      try {
        TimeUnit.MILLISECONDS.sleep(MOMENT_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while another instance has " + directory, e);
      }
      lock = lockedOrNull(directory.resolve(LOCK));
    }
    if (lock == null) {
      throw new IOException(
          "another bulk-ingest-service has this directory for itself: if all instances see the same"
              + " directory here, set muster.spool.shared=true for each of them: "
              + directory);
    }
    return lock;
  }

  /**
   * @return null when another process, or another holder in this one, has the lock
   */
  private static FileChannel lockedOrNull(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            FileUploadStore.MODE_0600);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException heldHere) {
      // as good as held by another process
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    channel.close();
    return null;
  }

  @Override
  public void close() throws IOException {
    if (shared) {
      Files.deleteIfExists(directory.resolve(SHARING + me));
    }
    held.close();
  }
}

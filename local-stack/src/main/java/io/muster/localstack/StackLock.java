package io.muster.localstack;

import io.muster.localstack.home.StackFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Only one launcher works on a folder. The operating system lets go of the lock when the launcher
 * dies, however it dies. The file says who holds it.
 */
final class StackLock implements AutoCloseable {
  /** The clock may have been set since, by a little: start times are counted from boot. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  /**
   * Locks of this JVM. Such a file must not even be opened a second time: with POSIX locks, closing
   * any of a process's descriptors of a file lets go of the lock.
   */
  private static final Set<Path> OURS = new HashSet<>();

  private final Path file;
  private final FileChannel channel;

  private StackLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Empty when another launcher holds it. */
  static Optional<StackLock> tryTake(StackFolder folder) {
    Path file = folder.lock();
    synchronized (OURS) {
      if (OURS.contains(file)) {
        return Optional.empty();
      }
      try {
        FileChannel channel = open(file);
        if (channel.tryLock() == null) {
          channel.close();
          return Optional.empty();
        }
        ProcessHandle own = ProcessHandle.current();
        String holder = own.pid() + " " + own.info().startInstant().orElse(Instant.EPOCH);
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)));
        OURS.add(file);
        return Optional.of(new StackLock(file, channel));
      } catch (IOException e) {
        throw new UncheckedIOException("can't lock " + folder.path(), e);
      }
    }
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  /**
   * The launcher that holds the lock, or held it last; empty when it is gone, or when its number
   * belongs to another process by now.
   */
  static Optional<ProcessHandle> holder(StackFolder folder) {
    synchronized (OURS) {
      if (OURS.contains(folder.lock())) {
        return Optional.of(ProcessHandle.current());
      }
    }
    try {
      String[] words = Files.readString(folder.lock()).split(" ", -1);
      if (words.length != 2) {
        return Optional.empty();
      }
      Instant started = Instant.parse(words[1]);
      return ProcessHandle.of(Long.parseLong(words[0]))
          .filter(
              process ->
                  process
                      .info()
                      .startInstant()
                      .map(at -> Duration.between(started, at).abs().compareTo(TOLERANCE) <= 0)
                      .orElse(false));
    } catch (IOException | RuntimeException unreadable) {
      return Optional.empty();
    }
  }

  /** Whether a launcher works on the folder now. */
  static boolean isHeld(StackFolder folder) {
    Optional<StackLock> lock = tryTake(folder);
    lock.ifPresent(StackLock::close);
    return lock.isEmpty();
  }

  static StackFailure alreadyRunning(StackFolder folder) {
    return new StackFailure(
        "A local stack is already running in "
            + folder.path()
            + holder(folder).map(process -> " (process " + process.pid() + ")").orElse("")
            + ". Stop it with muster down, or take another folder with --data.");
  }

  @Override
  public void close() {
    synchronized (OURS) {
      OURS.remove(file);
    }
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.muster.localstack;

import io.muster.localstack.home.PrivateFiles;
import io.muster.localstack.home.StackFailure;
import io.muster.localstack.process.ProcessMark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * What lies where in a stack's folder. Mode 0700, and all secrets in it 0600.
 *
 * @param path real and absolute: it is part of every process's mark
 */
record StackFolder(Path path) {
  /** Logs that are kept beside the present one: of earlier starts, and what has grown too large. */
  private static final int OLD_LOGS = 3;

  /** The folder, made if it is missing. */
  static StackFolder made(Path wanted) {
    try {
      return new StackFolder(PrivateFiles.folder(wanted.toAbsolutePath()).toRealPath());
    } catch (IOException | UncheckedIOException e) {
      throw new StackFailure("The folder " + wanted + " can't be used: " + e.getMessage(), e);
    }
  }

  /**
   * The folder if there is one.
   *
   * @return null when there is none
   */
  static StackFolder existing(Path wanted) {
    try {
      return Files.isDirectory(wanted) ? new StackFolder(wanted.toRealPath()) : null;
    } catch (IOException e) {
      throw new StackFailure("The folder " + wanted + " can't be read: " + e.getMessage(), e);
    }
  }

  Path lock() {
    return path.resolve("lock");
  }

  Path localJson() {
    return path.resolve("local.json");
  }

  Path secrets() {
    return path.resolve("secrets.properties");
  }

  Path postgresql() {
    return path.resolve("postgresql");
  }

  Path kafka() {
    return path.resolve("kafka");
  }

  Path serviceSettings(String service) {
    return PrivateFiles.folder(path.resolve("services")).resolve(service + ".properties");
  }

  Path log(String part) {
    return PrivateFiles.folder(path.resolve("logs")).resolve(part + ".log");
  }

  ProcessMark mark(String part) {
    return new ProcessMark(path, part);
  }

  /** Moves the log of the last start aside, and the oldest away. */
  Path rotatedLog(String part) {
    Path log = log(part);
    try {
      age(log);
      if (Files.exists(log)) {
        Files.move(log, aged(log, 1), StandardCopyOption.REPLACE_EXISTING);
      }
      PrivateFiles.replace(log, "");
      return log;
    } catch (IOException e) {
      throw new UncheckedIOException("can't rotate " + log, e);
    }
  }

  /**
   * Does the same with a log that is being written to, if it has grown beyond so many bytes. It is
   * copied, since its process holds the file, and writes to its end wherever that is; what is
   * written between copy and cut is lost.
   */
  void cappedLog(String part, long mostBytes) {
    Path log = log(part);
    try {
      if (Files.exists(log) && Files.size(log) > mostBytes) {
        age(log);
        Files.copy(
            log,
            aged(log, 1),
            StandardCopyOption.REPLACE_EXISTING,
            StandardCopyOption.COPY_ATTRIBUTES);
        Files.newByteChannel(log, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
            .close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("can't cap " + log, e);
    }
  }

  /** Makes room for a younger one. */
  private static void age(Path log) throws IOException {
    for (int age = OLD_LOGS; age > 1; age--) {
      Path younger = aged(log, age - 1);
      if (Files.exists(younger)) {
        Files.move(younger, aged(log, age), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static Path aged(Path log, int age) {
    return log.resolveSibling(log.getFileName() + "." + age);
  }
}

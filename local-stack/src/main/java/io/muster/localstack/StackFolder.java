package io.muster.localstack;

import io.muster.localstack.home.PrivateFiles;
import io.muster.localstack.home.StackFailure;
import io.muster.localstack.process.ProcessMark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * What lies where in a stack's folder. Mode 0700, and all secrets in it 0600.
 *
 * @param path real and absolute: it is part of every process's mark
 */
record StackFolder(Path path) {
  /** Starts whose logs are kept beside the present one's. */
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
      for (int age = OLD_LOGS; age >= 1; age--) {
        Path younger = age == 1 ? log : log.resolveSibling(part + ".log." + (age - 1));
        if (Files.exists(younger)) {
          Files.move(
              younger,
              log.resolveSibling(part + ".log." + age),
              StandardCopyOption.REPLACE_EXISTING);
        }
      }
      PrivateFiles.replace(log, "");
      return log;
    } catch (IOException e) {
      throw new UncheckedIOException("can't rotate " + log, e);
    }
  }
}

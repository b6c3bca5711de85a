package io.muster.benchmarks.limit.postgresql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders of rows that are needed for one measurement. */
public final class Folders {
  private Folders() {}

  /**
   * A new one, which is gone when the program has ended, whoever ended it: a million rows lie in
   * some. Who needs it no longer removes it before that.
   *
   * @param prefix of its name
   */
  public static Path temporary(String prefix) throws IOException {
    Path folder = Files.createTempDirectory(prefix);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> removeAsFarAsPossible(folder)));
    return folder;
  }

  /** Somebody may still be writing to it. */
  private static void removeAsFarAsPossible(Path folder) {
    try {
      remove(folder);
    } catch (IOException | java.io.UncheckedIOException e) {
      System.err.println(folder + " is left behind: " + e);
    }
  }

  /** With all that is in it; nothing happens when there is none. */
  public static void remove(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(folder)) {
      files = found.sorted(Comparator.reverseOrder()).toList();
    } catch (NoSuchFileException gone) {
      return;
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }
}

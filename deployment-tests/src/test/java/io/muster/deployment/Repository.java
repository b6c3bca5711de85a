package io.muster.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of this repository. */
public final class Repository {
  /** Its root. */
  public static final Path ROOT = Path.of(System.getProperty("muster.home"));

  private Repository() {}

  /**
   * @param path from the root
   */
  public static String text(String path) {
    try {
      return Files.readString(ROOT.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All files below a folder whose names end so, in the order of their paths. */
  public static List<Path> files(Path folder, String ending) {
    if (Files.notExists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.muster.localstack.service;

import io.muster.localstack.home.PrivateFiles;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A service as the build leaves it, and an archive of its classes beside it, which takes a third
 * off what a start costs. The JVM itself passes over an archive that doesn't fit its version or the
 * jars.
 *
 * @param runner {@code quarkus-app/quarkus-run.jar}
 */
public record ServiceProgram(Path runner) {
  /** A line of the JVM's own log of loaded classes; hidden ones have a slash in their name. */
  private static final Pattern LOADED =
      Pattern.compile("([^ /]+) source: (?:jrt:|shared objects|file:|jar:).*");

  /**
   * How Quarkus's description of an application begins ({@code SerializedApplication} of its
   * bootstrap-runner, version 3): the name of the main class follows.
   */
  private static final int MAGIC = 0xF0315432;

  private static final int VERSION = 3;

  /**
   * What stands after the JVM's own flags. Without an archive the JVM writes down what it loads, to
   * make one. With an archive the program runs from an ordinary class path: Quarkus's runner has a
   * class loader of its own, whose classes can't be archived.
   *
   * @param loaded where it is written down
   */
  public List<String> arguments(Path loaded) {
    if (!isArchivable()) {
      return List.of("-jar", runner.toString());
    }
    if (!hasArchive()) {
      PrivateFiles.replace(loaded, "");
      return List.of(
          "-Xlog:class+load=info:file=\"" + loaded + "\":none:filecount=0",
          "-jar",
          runner.toString());
    }
    List<String> arguments = new ArrayList<>();
    arguments.add("-XX:SharedArchiveFile=" + archive());
    arguments.add("-Xlog:disable");
    arguments.add("-Xlog:all=error:stderr");
    arguments.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
    arguments.add("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
    arguments.addAll(List.of("-cp", classPath(), mainClass().orElseThrow()));
    return arguments;
  }

  private String classPath() {
    Path app = runner.getParent();
    List<String> path = new ArrayList<>();
    Path transformed = app.resolve(Path.of("quarkus", "transformed-bytecode.jar"));
    if (Files.exists(transformed)) {
      path.add(transformed.toString());
    }
    path.add(generated().toString());
    for (String folder : List.of("app", "lib/boot", "lib/main")) {
      path.add(app.resolve(folder).resolve("*").toString());
    }
    return String.join(":", path);
  }

  /** Whether there is an archive of this build, made by this Java. */
  public boolean hasArchive() {
    try {
      return Files.exists(archive())
          && Files.getLastModifiedTime(archive()).compareTo(Files.getLastModifiedTime(runner)) > 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether an archive can be made. */
  public boolean isArchivable() {
    return mainClass().isPresent();
  }

  /** The service's own one or Quarkus's. Empty where there is none, or nobody can tell. */
  private Optional<String> mainClass() {
    Path told = runner.getParent().resolve(Path.of("quarkus", "quarkus-application.dat"));
    try (DataInputStream data =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(told)))) {
      return data.readInt() == MAGIC && data.readInt() == VERSION
          ? Optional.of(data.readUTF())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Arguments of {@code java} that make it write the archive and end.
   *
   * @param loaded what a start without an archive wrote down
   * @param part where the archive goes first; {@link #archive()} is its place when it is whole
   */
  public List<String> archiving(Path loaded, Path part) {
    Path list = part.resolveSibling(part.getFileName() + ".classes");
    try (Stream<String> lines = Files.lines(loaded)) {
      Files.writeString(
          list,
          lines
              .map(LOADED::matcher)
              .filter(Matcher::matches)
              .map(line -> line.group(1).replace('.', '/') + "\n")
              .distinct()
              .collect(Collectors.joining()));
    } catch (IOException e) {
      throw new UncheckedIOException("can't list the classes of " + runner, e);
    }
    return List.of(
        "-Xshare:dump",
        "-XX:SharedClassListFile=" + list,
        "-XX:SharedArchiveFile=" + part,
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xmx256m",
        "-Xlog:disable",
        "-Xlog:all=error:stderr",
        "-cp",
        classPath());
  }

  /** The archive's place, whether or not it is there. */
  public Path archive() {
    String java = System.getProperty("java.runtime.version").replaceAll("[^0-9A-Za-z.+-]", "_");
    return runner.getParent().resolveSibling("classes-" + java + ".jsa");
  }

  private Path generated() {
    return runner.getParent().resolve(Path.of("quarkus", "generated-bytecode.jar"));
  }
}

package io.muster.localstack.home;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The repository root, where the modules' build results lie: system property {@code muster.home},
 * else environment variable {@code MUSTER_HOME}, else upwards from this class's own jar, else
 * upwards from the working folder.
 *
 * @param root where local-stack was built
 * @param services where the services were built; the same, except in local-stack's own tests
 */
public record MusterHome(Path root, Path services) {
  private static final Path LIBRARY = Path.of("local-stack", "target", "lib");

  /** A repository whose place is known. */
  public static MusterHome at(Path root) {
    return new MusterHome(root, root);
  }

  /**
   * @throws StackFailure when no folder on the way is a built repository
   */
  public static MusterHome find() {
    String told = System.getProperty("muster.home", System.getenv("MUSTER_HOME"));
    if (told != null && !told.isBlank()) {
      return at(Path.of(told).toAbsolutePath().normalize());
    }
    for (Path start : new Path[] {ownLocation(), Path.of("").toAbsolutePath()}) {
      for (Path folder = start; folder != null; folder = folder.getParent()) {
        if (Files.isDirectory(folder.resolve(LIBRARY))) {
          return at(folder);
        }
      }
    }
    throw new StackFailure(
        "The local stack's libraries were not found. Run ./mvnw package first, or set MUSTER_HOME"
            + " to the repository's root.");
  }

  /**
   * Jars of the broker's process and of PostgreSQL's binaries.
   *
   * @throws StackFailure when they were not built
   */
  public Path library() {
    Path library = root.resolve(LIBRARY);
    if (!Files.isDirectory(library)) {
      throw new StackFailure(
          library + " is missing: run ./mvnw -pl local-stack -am package first.");
    }
    return library;
  }

  /**
   * This module's jar, always the one beside {@link #library()}: the class archive is good for that
   * class path only.
   */
  public Path ownJar() {
    try (Stream<Path> built = Files.list(root.resolve(Path.of("local-stack", "target")))) {
      return built
          .filter(
              file -> file.getFileName().toString().matches("local-stack-[^-]*(-SNAPSHOT)?\\.jar"))
          .findFirst()
          .orElseThrow(() -> new StackFailure("local-stack was not built: run ./mvnw package."));
    } catch (IOException e) {
      throw new UncheckedIOException("can't look for local-stack's jar", e);
    }
  }

  /** Loaded classes of the broker's process; need not exist. */
  public Path brokerClassArchive() {
    return root.resolve(Path.of("local-stack", "target", "broker.jsa"));
  }

  /**
   * The runnable jar of a service.
   *
   * @param service such as {@code user-service}
   * @throws StackFailure when it was not built
   */
  public Path runner(String service) {
    Path jar = services.resolve(Path.of(service, "target", "quarkus-app", "quarkus-run.jar"));
    if (!Files.isRegularFile(jar)) {
      throw new StackFailure(
          jar + " is missing: run ./mvnw -pl " + service + " -am package first.");
    }
    return jar;
  }

  /** The jar or folder that this class was loaded from. */
  public static Path ownLocation() {
    try {
      URI location = MusterHome.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      return Path.of(location).toAbsolutePath();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("own location is no path", e);
    }
  }
}

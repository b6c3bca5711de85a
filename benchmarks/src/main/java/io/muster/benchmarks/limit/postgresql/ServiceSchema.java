package io.muster.benchmarks.limit.postgresql;

import io.muster.bulkingest.spool.SpooledRow;
import io.muster.gateway.track.row.ChunkPlanes;
import io.muster.inbox.CommandHandler;
import io.muster.license.seat.Claims;
import io.muster.localstack.service.ServiceDatabases;
import io.muster.localstack.service.StackService;
import io.muster.user.password.argon2.PhcHash;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;

/**
 * Makes a service's tables in another database, by the service's own migrations out of its own jar:
 * the same tables, indexes, partitions, constraints and row-level security.
 */
public final class ServiceSchema {
  /** A class out of each jar whose migrations count; all of them lie under {@code db}. */
  private static final Map<StackService, List<Class<?>>> JARS =
      Map.of(
          StackService.BULK_INGEST_SERVICE, List.of(SpooledRow.class),
          StackService.USER_SERVICE, List.of(CommandHandler.class, PhcHash.class),
          StackService.LICENSE_SERVICE, List.of(CommandHandler.class, Claims.class),
          StackService.GATEWAY, List.of(ChunkPlanes.class));

  private static final String SUFFIX = ".sql";

  private ServiceSchema() {}

  /**
   * @param database empty, and owned by the service's owner
   */
  public static void make(StackServer server, StackService service, String database)
      throws IOException {
    Path folder = Folders.temporary("muster-migrations-");
    try {
      for (Class<?> witness : JARS.get(service)) {
        unpack(witness, folder);
      }
      Flyway.configure()
          .dataSource(
              server.url(database), service.ownerRole(), server.password(service.ownerRole()))
          .locations("filesystem:" + folder)
          .placeholders(
              Map.of(
                  "app", service.appRole(),
                  "finder", service.finderRole(),
                  "auditor", ServiceDatabases.AUDITOR))
          .load()
          .migrate();
    } finally {
      Folders.remove(folder);
    }
  }

  private static void unpack(Class<?> witness, Path folder) throws IOException {
    Path home;
    try {
      home = Path.of(witness.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException("the place of " + witness + " is no path", e);
    }
    if (Files.isDirectory(home)) {
      copy(home.resolve("db"), folder);
      return;
    }
    try (FileSystem jar = FileSystems.newFileSystem(home)) {
      copy(jar.getPath("db"), folder);
    }
  }

  private static void copy(Path migrations, Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(migrations)) {
      files = found.filter(file -> file.toString().endsWith(SUFFIX)).toList();
    }
    for (Path file : files) {
      Files.copy(file, folder.resolve(file.getFileName().toString()));
    }
  }
}

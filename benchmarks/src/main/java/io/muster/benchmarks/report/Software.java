package io.muster.benchmarks.report;

import io.muster.benchmarks.stack.BenchStack;
import io.muster.localstack.service.StackService;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.AppInfoParser;

/**
 * What was measured.
 *
 * @param muster its version
 * @param commit with {@code -modified} when the folder differed from it; {@code unknown} outside
 *     git
 * @param postgresql its version; {@code not started} when nothing needed it
 * @param postgresqlSettings those that throughput depends on, as {@code SHOW} tells them
 * @param kafka its version
 */
public record Software(
    String muster,
    String commit,
    String postgresql,
    Map<String, String> postgresqlSettings,
    String kafka) {
  private static final List<String> SETTINGS =
      List.of(
          "shared_buffers",
          "max_wal_size",
          "wal_buffers",
          "wal_compression",
          "checkpoint_timeout",
          "work_mem",
          "maintenance_work_mem",
          "effective_cache_size",
          "fsync",
          "synchronous_commit",
          "full_page_writes",
          "commit_delay",
          "jit");

  private static final String NOT_STARTED = "not started";

  public Software {
    postgresqlSettings = Map.copyOf(postgresqlSettings);
  }

  /** When no stack was needed. */
  public static Software withoutStack() {
    return new Software(version(), measuredCommit(), NOT_STARTED, Map.of(), NOT_STARTED);
  }

  /** Asks a running stack. */
  public static Software of(BenchStack stack) throws SQLException {
    try (Connection connection = stack.auditor(StackService.USER_SERVICE).connect()) {
      Map<String, String> settings = new LinkedHashMap<>();
      for (String name : SETTINGS) {
        settings.put(name, setting(connection, name));
      }
      return new Software(
          version(),
          measuredCommit(),
          setting(connection, "server_version"),
          settings,
          AppInfoParser.getVersion());
    }
  }

  private static String setting(Connection connection, String name) throws SQLException {
    try (PreparedStatement show = connection.prepareStatement("SELECT current_setting(?)")) {
      show.setString(1, name);
      try (ResultSet row = show.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }

  private static String version() {
    String version = Software.class.getPackage().getImplementationVersion();
    return version == null ? "unpackaged" : version;
  }

  private static String measuredCommit() {
    return System.getProperty("muster.commit", "unknown");
  }
}

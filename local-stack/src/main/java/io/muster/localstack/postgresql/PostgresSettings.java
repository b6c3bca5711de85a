package io.muster.localstack.postgresql;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What stands in {@code postgresql.conf}.
 *
 * @param values PostgreSQL's names and values, written as they are between quotes
 */
public record PostgresSettings(Map<String, String> values) {
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  public PostgresSettings {
    values = Map.copyOf(values);
  }

  /**
   * For data that people keep: nothing acknowledged is lost by a crash of process or machine. Sized
   * so that checkpoints don't choke the random writes of a bulk load; as durable as the defaults.
   *
   * @param memoryBytes of the machine or container
   * @param freeDiskBytes where the database lies
   */
  public static PostgresSettings durable(long memoryBytes, long freeDiskBytes) {
    Map<String, String> values = basics();
    long shared = within(128 * MIB, memoryBytes / 6, 4 * GIB);
    values.put("fsync", "on");
    values.put("synchronous_commit", "on");
    values.put("full_page_writes", "on");
    values.put("shared_buffers", shared / MIB + "MB");
    values.put("effective_cache_size", within(256 * MIB, memoryBytes / 2, 64 * GIB) / MIB + "MB");
    // an eighth of what is free: a full disk would stop everything
    values.put("max_wal_size", within(GIB, freeDiskBytes / 8, 16 * GIB) / MIB + "MB");
    values.put("wal_buffers", memoryBytes >= 8 * GIB ? "64MB" : "16MB");
    values.put("checkpoint_timeout", "30min");
    values.put("wal_compression", "on");
    values.put("max_connections", "300");
    return new PostgresSettings(values);
  }

  /** Durable, by the memory of this machine or container and the disk that the folder lies on. */
  public static PostgresSettings ofThisMachine(Path folder) {
    try {
      long memory =
          ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
              .getTotalMemorySize();
      return durable(memory, Files.getFileStore(folder).getUsableSpace());
    } catch (IOException e) {
      throw new UncheckedIOException("can't tell the free space of " + folder, e);
    }
  }

  /** For tests: forgets on a crash of the machine, but not when only PostgreSQL is killed. */
  public static PostgresSettings forTests() {
    Map<String, String> values = basics();
    values.put("fsync", "off");
    values.put("full_page_writes", "off");
    values.put("shared_buffers", "128MB");
    values.put("max_wal_size", "1GB");
    values.put("checkpoint_timeout", "30min");
    values.put("max_connections", "300");
    return new PostgresSettings(values);
  }

  private static Map<String, String> basics() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("listen_addresses", "127.0.0.1");
    values.put("unix_socket_directories", "");
    values.put("password_encryption", "scram-sha-256");
    values.put("timezone", "UTC");
    values.put("log_timezone", "UTC");
    // Details and statements of errors hold rows' values: they stay out of the log.
    values.put("log_error_verbosity", "terse");
    values.put("log_min_error_statement", "panic");
    values.put("logging_collector", "off");
    return values;
  }

  /** The same for at least so many connections at a time. */
  public PostgresSettings connections(int wanted) {
    Map<String, String> more = new LinkedHashMap<>(values);
    more.merge(
        "max_connections",
        Integer.toString(wanted),
        (usual, needed) -> Integer.parseInt(usual) >= Integer.parseInt(needed) ? usual : needed);
    return new PostgresSettings(more);
  }

  /** The file's text. */
  public String text() {
    return values.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> entry.getKey() + " = '" + entry.getValue() + "'\n")
        .collect(Collectors.joining());
  }

  private static long within(long least, long wanted, long most) {
    return Math.max(least, Math.min(wanted, most));
  }
}

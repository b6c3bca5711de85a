package io.muster.benchmarks.measure;

import io.muster.benchmarks.limit.TableWork;
import io.muster.benchmarks.limit.TopicWork;
import io.muster.benchmarks.stack.BenchStack;
import io.muster.localstack.service.StackService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Looks at what lies on disk and on the bus. One thread. */
public final class TakingFootprints implements AutoCloseable {
  private static final String TABLES =
      """
      SELECT n.nspname, t.relname, sum(s.n_tup_ins)::bigint, sum(s.n_tup_upd)::bigint,
             sum(s.n_tup_hot_upd)::bigint, sum(s.n_tup_del)::bigint,
             sum(pg_total_relation_size(s.relid))::bigint
      FROM pg_stat_user_tables s
      JOIN pg_class t ON t.oid = coalesce(pg_partition_root(s.relid), s.relid)
      JOIN pg_namespace n ON n.oid = t.relnamespace
      GROUP BY n.nspname, t.relname
      """;

  private static final String DATABASE = "SELECT pg_database_size(current_database())";
  private static final String WAL =
      "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint";

  /** A partition's folder: the topic, a hyphen and its number. */
  private static final String PARTITION = "-\\d+$";

  private final BenchStack stack;
  private final Admin kafka;

  public TakingFootprints(BenchStack stack) {
    this.stack = stack;
    this.kafka = Admin.create(stack.kafkaAdministrator());
  }

  /**
   * How things stand now, as far as PostgreSQL has been told: a session may keep its last second's
   * counts to itself for ten more.
   */
  public Footprint take() throws SQLException, InterruptedException {
    Map<String, TableWork> tables = new HashMap<>();
    Map<String, Long> databases = new HashMap<>();
    long wal = 0;
    for (StackService service : StackService.values()) {
      try (Connection connection = stack.auditor(service).connect();
          Statement statement = connection.createStatement()) {
        tables(service.serviceName(), statement, tables);
        databases.put(service.serviceName(), number(statement, DATABASE));
        wal = number(statement, WAL);
      }
    }
    return new Footprint(tables, databases, wal, size(stack.folder().resolve("spool")), topics());
  }

  /** Rows ever written in all databases. */
  public long writes() throws SQLException {
    Map<String, TableWork> tables = new HashMap<>();
    for (StackService service : StackService.values()) {
      try (Connection connection = stack.auditor(service).connect();
          Statement statement = connection.createStatement()) {
        tables(service.serviceName(), statement, tables);
      }
    }
    return new Footprint(tables, Map.of(), 0, 0, Map.of()).writes();
  }

  private static void tables(String service, Statement statement, Map<String, TableWork> into)
      throws SQLException {
    try (ResultSet row = statement.executeQuery(TABLES)) {
      while (row.next()) {
        into.put(
            service + "/" + row.getString(1) + "." + row.getString(2),
            new TableWork(
                service,
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7)));
      }
    }
  }

  private static long number(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  private Map<String, TopicWork> topics() throws InterruptedException {
    Map<String, Long> messages = messages();
    Map<String, TopicWork> topics = new HashMap<>();
    logBytes()
        .forEach(
            (name, bytes) ->
                topics.put(name, new TopicWork(name, messages.getOrDefault(name, 0L), bytes)));
    return topics;
  }

  private Map<String, Long> messages() throws InterruptedException {
    try {
      Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
      kafka
          .describeTopics(kafka.listTopics().names().get())
          .allTopicNames()
          .get()
          .forEach(
              (name, topic) ->
                  topic
                      .partitions()
                      .forEach(
                          partition ->
                              ends.put(
                                  new TopicPartition(name, partition.partition()),
                                  OffsetSpec.latest())));
      Map<TopicPartition, ListOffsetsResultInfo> offsets = kafka.listOffsets(ends).all().get();
      return offsets.entrySet().stream()
          .collect(
              Collectors.groupingBy(
                  entry -> entry.getKey().topic(),
                  Collectors.summingLong(entry -> entry.getValue().offset())));
    } catch (ExecutionException e) {
      throw new IllegalStateException("Kafka doesn't tell its offsets", e.getCause());
    }
  }

  /** Of the messages alone; indexes are files of a fixed size with holes. */
  private Map<String, Long> logBytes() {
    Path data = stack.folder().resolve(Path.of("kafka", "data"));
    Map<String, Long> bytes = new HashMap<>();
    try (Stream<Path> folders = Files.list(data)) {
      for (Path folder : (Iterable<Path>) folders.filter(Files::isDirectory)::iterator) {
        String name = folder.getFileName().toString();
        if (name.matches(".*" + PARTITION) && !name.startsWith("__")) {
          bytes.merge(name.replaceFirst(PARTITION, ""), size(folder, ".log"), Long::sum);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Kafka's data can't be looked at", e);
    }
    return bytes;
  }

  private static long size(Path folder) {
    return size(folder, "");
  }

  /** Files come and go meanwhile: one that is gone counts nothing. */
  private static long size(Path folder, String ending) {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(ending) && Files.isRegularFile(file))
          .mapToLong(file -> file.toFile().length())
          .sum();
    } catch (IOException | UncheckedIOException e) {
      return 0;
    }
  }

  @Override
  public void close() {
    kafka.close();
  }
}

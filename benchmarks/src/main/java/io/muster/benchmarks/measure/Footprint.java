package io.muster.benchmarks.measure;

import io.muster.benchmarks.limit.TableWork;
import io.muster.benchmarks.limit.TopicWork;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What lies on disk and on the bus at one moment, and what was ever written there.
 *
 * @param tables by {@code service/schema.table}
 * @param databaseBytes by service
 * @param walBytes that PostgreSQL has ever written to its log
 * @param spoolBytes of uploads as bulk-ingest-service keeps them
 * @param topics by name
 */
public record Footprint(
    Map<String, TableWork> tables,
    Map<String, Long> databaseBytes,
    long walBytes,
    long spoolBytes,
    Map<String, TopicWork> topics) {
  public Footprint {
    tables = Map.copyOf(tables);
    databaseBytes = Map.copyOf(databaseBytes);
    topics = Map.copyOf(topics);
  }

  /**
   * What came on top.
   *
   * @param tables that were written, the most written first
   * @param databaseBytes by service; below 0 where it shrank
   */
  public record Growth(
      List<TableWork> tables,
      Map<String, Long> databaseBytes,
      long walBytes,
      long spoolBytes,
      List<TopicWork> topics) {
    /** By which all databases grew. */
    public long allDatabaseBytes() {
      return databaseBytes.values().stream().mapToLong(Long::longValue).sum();
    }

    /** By which all topics grew. */
    public long busBytes() {
      return topics.stream().mapToLong(TopicWork::bytes).sum();
    }

    /** Sent to all topics. */
    public long busMessages() {
      return topics.stream().mapToLong(TopicWork::messages).sum();
    }
  }

  /** What came since an earlier moment. */
  public Growth since(Footprint before) {
    List<TableWork> written = new ArrayList<>();
    tables.forEach(
        (name, now) -> {
          TableWork then = before.tables.get(name);
          TableWork more = then == null ? now : more(then, now);
          if (more.inserted() + more.updated() + more.deleted() > 0) {
            written.add(more);
          }
        });
    written.sort(Comparator.<TableWork>comparingLong(Footprint::writes).reversed());
    Map<String, Long> grown = new LinkedHashMap<>();
    new TreeMap<>(databaseBytes)
        .forEach(
            (service, bytes) ->
                grown.put(service, bytes - before.databaseBytes.getOrDefault(service, 0L)));
    List<TopicWork> sent = new ArrayList<>();
    topics.forEach(
        (name, now) -> {
          TopicWork then = before.topics.getOrDefault(name, new TopicWork(name, 0, 0));
          if (now.messages() > then.messages()) {
            sent.add(
                new TopicWork(
                    name,
                    now.messages() - then.messages(),
                    Math.max(0, now.bytes() - then.bytes())));
          }
        });
    sent.sort(Comparator.comparingLong(TopicWork::messages).reversed());
    return new Growth(
        written,
        grown,
        walBytes - before.walBytes,
        Math.max(0, spoolBytes - before.spoolBytes),
        sent);
  }

  /** A partition that was dropped in between takes its counts with it. */
  private static TableWork more(TableWork then, TableWork now) {
    return new TableWork(
        now.service(),
        now.schema(),
        now.table(),
        Math.max(0, now.inserted() - then.inserted()),
        Math.max(0, now.updated() - then.updated()),
        Math.max(0, now.hotUpdated() - then.hotUpdated()),
        Math.max(0, now.deleted() - then.deleted()),
        now.bytes() - then.bytes());
  }

  private static long writes(TableWork table) {
    return table.inserted() + table.updated() + table.deleted();
  }

  /** Rows ever written, to tell whether anything still writes. */
  public long writes() {
    return tables.values().stream().mapToLong(Footprint::writes).sum();
  }
}

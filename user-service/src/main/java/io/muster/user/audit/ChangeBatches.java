package io.muster.user.audit;

import io.muster.chassis.setwise.ColumnArrays;
import io.muster.contracts.command.CommandId;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A batch of changes by tenant and job, for {@code follow_up}, and by kind, for {@code
 * change_batch}. Each job of a batch has an id of its own there: what a single call has changed is
 * followed up at once, and what a big job has changed beside it can wait. Grouped here and not by
 * the database, which would have to keep and sort the rows that it has just written: {@code
 * docs/decisions/0034-what-a-row-costs-the-database.md}.
 */
final class ChangeBatches {
  /** The order is that of the tables' keys. */
  private record Job(String tenant, UUID id) {
    static final Comparator<Job> ORDER = Comparator.comparing(Job::tenant).thenComparing(Job::id);
  }

  /**
   * A job's part of the batch.
   *
   * @param rows by kind, in ascending order
   */
  private record OfAJob(UUID batchId, Job job, SortedMap<String, long[]> rows) {
    int rowCount() {
      return rows.values().stream().mapToInt(numbers -> numbers.length).sum();
    }

    Stream<OfAKind> kinds() {
      return rows.entrySet().stream().map(e -> new OfAKind(this, e.getKey(), e.getValue()));
    }
  }

  private record OfAKind(OfAJob part, String kind, long[] rows) {
    /** PostgreSQL's for an array. */
    String literal() {
      return LongStream.of(rows)
          .mapToObj(Long::toString)
          .collect(Collectors.joining(",", "{", "}"));
    }
  }

  private final List<OfAJob> parts;

  private ChangeBatches(List<OfAJob> parts) {
    this.parts = parts;
  }

  /**
   * Groups them.
   *
   * @param ids UUIDv7, each newer than that of every batch before
   */
  static ChangeBatches of(List<Change> changes, Supplier<UUID> ids) {
    SortedMap<Job, SortedMap<String, LongStream.Builder>> rows = new TreeMap<>(Job.ORDER);
    for (Change change : changes) {
      CommandId kept = ChangeLog.kept(change.command());
      rows.computeIfAbsent(new Job(change.command().tenant(), kept.jobId()), job -> new TreeMap<>())
          .computeIfAbsent(ChangeLog.kind(change.command()), kind -> LongStream.builder())
          .add(kept.row());
    }
    List<OfAJob> parts = new ArrayList<>(rows.size());
    rows.forEach(
        (job, byKind) -> {
          SortedMap<String, long[]> sorted = new TreeMap<>();
          byKind.forEach((kind, numbers) -> sorted.put(kind, numbers.build().sorted().toArray()));
          parts.add(new OfAJob(ids.get(), job, sorted));
        });
    return new ChangeBatches(parts);
  }

  /**
   * Binds six arrays for {@code change_batch} and four for {@code follow_up}.
   *
   * @param first the first array's parameter, counted from 1
   */
  void bind(PreparedStatement statement, int first) throws SQLException {
    new ColumnArrays<>(statement, parts.stream().flatMap(OfAJob::kinds).toList(), first)
        .add("text", b -> b.part().job().tenant())
        .add("uuid", b -> b.part().batchId())
        .add("uuid", b -> b.part().job().id())
        .add("text", OfAKind::kind)
        .add("integer", b -> b.rows().length)
        .add("text", OfAKind::literal);
    new ColumnArrays<>(statement, parts, first + 6)
        .add("text", p -> p.job().tenant())
        .add("uuid", OfAJob::batchId)
        .add("uuid", p -> p.job().id())
        .add("integer", OfAJob::rowCount);
  }
}

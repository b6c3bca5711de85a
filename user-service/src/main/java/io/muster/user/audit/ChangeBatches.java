package io.muster.user.audit;

import io.muster.chassis.setwise.ColumnArrays;
import io.muster.contracts.command.CommandId;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * A batch of changes by tenant, job and kind, for {@code change_batch}, and by tenant, for {@code
 * follow_up}. Grouped here and not by the database, which would have to keep and sort the rows that
 * it has just written: {@code docs/decisions/0034-what-a-row-costs-the-database.md}.
 */
final class ChangeBatches {
  /** Which rows of a job; the order is that of the table's key. */
  private record Group(String tenant, UUID jobId, String kind) {
    static final Comparator<Group> ORDER =
        Comparator.comparing(Group::tenant).thenComparing(Group::jobId).thenComparing(Group::kind);
  }

  private final Map<Group, LongStream.Builder> rows = new TreeMap<>(Group.ORDER);

  private ChangeBatches() {}

  /** Groups them. */
  static ChangeBatches of(List<Change> changes) {
    ChangeBatches batches = new ChangeBatches();
    for (Change change : changes) {
      CommandId kept = ChangeLog.kept(change.command());
      batches
          .rows
          .computeIfAbsent(
              new Group(change.command().tenant(), kept.jobId(), ChangeLog.kind(change.command())),
              group -> LongStream.builder())
          .add(kept.row());
    }
    return batches;
  }

  /**
   * Binds the batch's id and five arrays, and again its id and three arrays.
   *
   * @param first the first id's parameter, counted from 1
   * @param id a UUIDv7, newer than that of every batch before
   */
  void bind(PreparedStatement statement, int first, UUID id) throws SQLException {
    List<Batch> batches =
        rows.entrySet().stream()
            .map(e -> new Batch(e.getKey(), e.getValue().build().sorted().toArray()))
            .toList();
    statement.setObject(first, id);
    new ColumnArrays<>(statement, batches, first + 1)
        .add("text", b -> b.group().tenant())
        .add("uuid", b -> b.group().jobId())
        .add("text", b -> b.group().kind())
        .add("integer", b -> b.rows().length)
        .add("text", Batch::literal);
    Map<String, List<Batch>> byTenant =
        batches.stream()
            .collect(
                Collectors.groupingBy(b -> b.group().tenant(), TreeMap::new, Collectors.toList()));
    statement.setObject(first + 6, id);
    new ColumnArrays<>(statement, List.copyOf(byTenant.entrySet()), first + 7)
        .add("text", Map.Entry::getKey)
        .add("text", e -> jobs(e.getValue()))
        .add("integer", e -> e.getValue().stream().mapToInt(b -> b.rows().length).sum());
  }

  /**
   * @param rows in ascending order
   */
  private record Batch(Group group, long[] rows) {
    /** PostgreSQL's for an array. */
    String literal() {
      return LongStream.of(rows)
          .mapToObj(Long::toString)
          .collect(Collectors.joining(",", "{", "}"));
    }
  }

  private static String jobs(List<Batch> batches) {
    return batches.stream()
        .map(b -> b.group().jobId().toString())
        .collect(Collectors.toCollection(TreeSet::new))
        .stream()
        .collect(Collectors.joining(",", "{", "}"));
  }
}

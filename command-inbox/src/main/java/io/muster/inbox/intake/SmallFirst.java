package io.muster.inbox.intake;

import io.muster.inbox.intake.ReadPartition.Kind;
import io.muster.inbox.intake.ReadPartition.Read;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Which partitions of a poll are done together, and what first: where a big job's rows fill the
 * poll, what others have sent meanwhile, single calls and small files, isn't kept waiting for all
 * of them, only for those before it in its own partition. Why so: {@code
 * docs/decisions/0002-the-command-inbox.md}.
 */
final class SmallFirst {
  /** A poll of fewer is done so soon that one transaction more would cost more than it saves. */
  private static final int WORTH_A_CUT = 400;

  /** A job with at most so many rows in the poll is a small one. */
  private static final int SMALL = 150;

  private SmallFirst() {}

  /**
   * @param inOrder the quickest first, as {@link ReadPartition#inOrder} gives them
   * @return groups in the order in which they are to be done; within a partition the order stays
   */
  static <C> List<List<ReadPartition<C>>> groups(List<ReadPartition<C>> inOrder) {
    List<ReadPartition<C>> quick = of(inOrder, Kind.QUICK);
    List<List<ReadPartition<C>>> groups = new ArrayList<>(small(quick));
    groups.add(of(inOrder, Kind.MIXED));
    groups.add(of(inOrder, Kind.SLOW));
    groups.removeIf(List::isEmpty);
    return groups;
  }

  private static <C> List<ReadPartition<C>> of(List<ReadPartition<C>> inOrder, Kind kind) {
    return inOrder.stream().filter(partition -> partition.kind() == kind).toList();
  }

  private static <C> List<List<ReadPartition<C>>> small(List<ReadPartition<C>> quick) {
    int all = quick.stream().mapToInt(partition -> partition.reads().size()).sum();
    if (all < WORTH_A_CUT) {
      return List.of(quick);
    }
    Map<UUID, Integer> rows = rowsOfJobs(quick);
    List<ReadPartition<C>> first = new ArrayList<>();
    List<ReadPartition<C>> then = new ArrayList<>();
    for (ReadPartition<C> partition : quick) {
      int head = upToTheLastSmallOne(partition.reads(), rows);
      first.add(partition.part(0, head));
      then.add(partition.part(head, partition.reads().size()));
    }
    first.removeIf(partition -> partition.reads().isEmpty());
    then.removeIf(partition -> partition.reads().isEmpty());
    int heads = first.stream().mapToInt(partition -> partition.reads().size()).sum();
    return heads == 0 || heads > all / 2 ? List.of(quick) : List.of(first, then);
  }

  private static <C> Map<UUID, Integer> rowsOfJobs(List<ReadPartition<C>> partitions) {
    Map<UUID, Integer> rows = new HashMap<>();
    for (ReadPartition<C> partition : partitions) {
      for (Read<C> read : partition.reads()) {
        if (read.command() != null) {
          rows.merge(read.command().key().jobId(), 1, Integer::sum);
        }
      }
    }
    return rows;
  }

  private static <C> int upToTheLastSmallOne(List<Read<C>> reads, Map<UUID, Integer> rows) {
    for (int last = reads.size(); last > 0; last--) {
      Received<C> command = reads.get(last - 1).command();
      if (command != null && rows.get(command.key().jobId()) <= SMALL) {
        return last;
      }
    }
    return 0;
  }
}

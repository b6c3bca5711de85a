package io.muster.inbox.batch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What is done before the rest: where big jobs' rows wait, what others have sent meanwhile, single
 * calls and small files, isn't kept waiting for all of them, only for those before it in its own
 * partition. Why so: {@code docs/decisions/0002-the-command-inbox.md}.
 */
final class SmallFirst {
  /** Fewer rows are done so soon that one transaction more would cost more than it saves. */
  private static final int WORTH_A_CUT = 400;

  /** A job of which at most so many rows wait is a small one. */
  private static final int SMALL = 150;

  private SmallFirst() {}

  /**
   * @param fronts without slow commands
   * @param atMost rows in all
   * @return of each partition what stands before its last row of a small job and that row, the
   *     nearest first; empty where that isn't worth a transaction of its own
   */
  static <C> List<Front<C>> of(List<Front<C>> fronts, int atMost) {
    int all = fronts.stream().mapToInt(Front::size).sum();
    if (all < WORTH_A_CUT) {
      return List.of();
    }
    Map<UUID, Integer> rows = rowsOfJobs(fronts);
    List<Front<C>> nearest =
        fronts.stream()
            .map(front -> upToTheLastSmallOne(front, front.size(), rows))
            .filter(front -> front.size() > 0)
            .sorted(Comparator.comparingInt(Front::size))
            .toList();
    List<Front<C>> first = new ArrayList<>();
    int taken = 0;
    for (Front<C> front : nearest) {
      Front<C> within = upToTheLastSmallOne(front, atMost - taken, rows);
      if (within.size() > 0) {
        first.add(within);
        taken += within.size();
      }
    }
    boolean littleSaved = all <= atMost && taken > all / 2;
    return littleSaved ? List.of() : first;
  }

  private static <C> Map<UUID, Integer> rowsOfJobs(List<Front<C>> fronts) {
    Map<UUID, Integer> rows = new HashMap<>();
    for (Front<C> front : fronts) {
      for (Read<C> read : front.reads()) {
        if (read.command() != null) {
          rows.merge(read.command().key().jobId(), 1, Integer::sum);
        }
      }
    }
    return rows;
  }

  private static <C> Front<C> upToTheLastSmallOne(
      Front<C> front, int reach, Map<UUID, Integer> rows) {
    for (int last = Math.min(front.size(), reach); last > 0; last--) {
      Received<C> command = front.reads().get(last - 1).command();
      if (command != null && rows.get(command.key().jobId()) <= SMALL) {
        return front.first(last);
      }
    }
    return front.first(0);
  }
}

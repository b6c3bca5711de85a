package io.muster.inbox.report;

import io.muster.contracts.command.Part;
import io.muster.contracts.result.PartOutcome;
import io.muster.contracts.result.RowResult;
import io.muster.contracts.topic.Topics;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Gathers a batch's results that say the very same of rows of one slice and one key, so that each
 * such group is one message. What was refused or has something to add stays by itself, with its
 * place in the order. Not thread-safe. Why so: {@code docs/decisions/0038-results-of-many-rows.md}.
 */
final class ResultRuns {
  /**
   * A result with the slice that its command came in.
   *
   * @param slice null when there is none
   */
  record Echoed(RowResult result, byte[] slice) {}

  /** What the rows of a run have in common. */
  private record Alike(
      String tenant,
      UUID jobId,
      long chunk,
      Part part,
      PartOutcome outcome,
      Set<Part> parts,
      ByteBuffer slice) {}

  private final Map<Alike, List<Long>> runs = new LinkedHashMap<>();
  private Alike last;
  private List<Long> rowsOfLast;

  /** Takes one in that {@link #canJoin}. */
  void add(RowResult result, byte[] slice) {
    Alike alike =
        new Alike(
            result.tenant(),
            result.jobId(),
            Topics.chunkOf(result.row()),
            result.part(),
            result.outcome(),
            result.parts(),
            slice == null ? null : ByteBuffer.wrap(slice));
    if (!alike.equals(last)) {
      last = alike;
      rowsOfLast = runs.computeIfAbsent(alike, rows -> new ArrayList<>());
    }
    rowsOfLast.add(result.row());
  }

  /** Whether it says nothing that is of its row alone. */
  static boolean canJoin(RowResult result) {
    return result.code() == null && result.detail() == null;
  }

  /** What was taken in, each run once, in the order in which they began. */
  List<Echoed> all() {
    List<Echoed> all = new ArrayList<>(runs.size());
    runs.forEach(
        (alike, told) -> {
          List<Long> rows = ascending(told);
          RowResult result =
              new RowResult(
                  alike.tenant(),
                  alike.jobId(),
                  rows.get(0),
                  alike.part(),
                  alike.outcome(),
                  null,
                  null,
                  alike.parts(),
                  rows);
          all.add(new Echoed(result, alike.slice() == null ? null : alike.slice().array()));
        });
    return all;
  }

  /** Once each: a batch may hold a command and its repeat. */
  private static List<Long> ascending(List<Long> told) {
    List<Long> rows = new ArrayList<>(new HashSet<>(told));
    Collections.sort(rows);
    return rows;
  }
}

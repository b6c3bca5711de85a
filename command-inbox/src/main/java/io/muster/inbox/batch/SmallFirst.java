package io.muster.inbox.batch;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What is done before the rest: where big jobs' rows wait, what others have sent meanwhile, single
 * calls and small files, isn't kept waiting for them, only for those before it with its own key.
 * Why so: {@code docs/decisions/0002-the-command-inbox.md}.
 */
final class SmallFirst<C> {
  /** Fewer rows are done so soon that one transaction more would cost more than it saves. */
  private static final int WORTH_A_CUT = 400;

  /** A job of which at most so many rows wait is a small one. */
  private static final int SMALL = 150;

  /**
   * Of what has to be prepared it is one of which at most this part of a batch waits: of the
   * largest job no more than a batch or two are out.
   */
  private static final int SMALL_SLOW_PARTS = 4;

  private final List<Front<C>> fronts;
  private final Batch<C> underWay;
  private final boolean slow;
  private final Set<UUID> smallJobs;

  /**
   * @param slow whether what has to be prepared is picked, or what hasn't
   * @param small a job of which at most so many wait is a small one
   */
  private SmallFirst(List<Front<C>> fronts, Batch<C> underWay, boolean slow, int small) {
    this.fronts = fronts;
    this.underWay = underWay;
    this.slow = slow;
    this.smallJobs = smallJobs(small);
  }

  /**
   * @param fronts of what waits
   * @param underWay a batch that is chosen already and stands before it; may be empty
   * @param atMost rows in all
   * @return of each partition the rows of small jobs, and what waits before them with their keys;
   *     nothing where that isn't worth a transaction of its own
   */
  static <C> List<Picked<C>> of(List<Front<C>> fronts, Batch<C> underWay, int atMost) {
    int all = fronts.stream().mapToInt(Front::size).sum();
    boolean slowOnes =
        !underWay.commands().isEmpty() || fronts.stream().anyMatch(f -> f.slowOnes() > 0);
    if (all < WORTH_A_CUT && !slowOnes) {
      return List.of();
    }
    List<Picked<C>> picked = new SmallFirst<>(fronts, underWay, false, SMALL).pick(atMost);
    int taken = picked.stream().mapToInt(Picked::size).sum();
    boolean littleSaved = !slowOnes && all <= atMost && taken > all / 2;
    return littleSaved ? List.of() : picked;
  }

  /**
   * The same of what has to be prepared, while nothing is under way.
   *
   * @param atMost rows in all
   * @return nothing where no more wait than one batch has room for
   */
  static <C> List<Picked<C>> ofSlow(List<Front<C>> fronts, int atMost) {
    int all = fronts.stream().mapToInt(Front::size).sum();
    int slowOnes = fronts.stream().mapToInt(Front::slowOnes).sum();
    boolean othersWait = slowOnes > atMost || (slowOnes > 0 && all >= WORTH_A_CUT);
    int small = Math.max(1, atMost / SMALL_SLOW_PARTS);
    return othersWait
        ? new SmallFirst<>(fronts, Batch.<C>empty(), true, small).pick(atMost)
        : List.of();
  }

  private List<Picked<C>> pick(int atMost) {
    if (smallJobs.isEmpty()) {
      return List.of();
    }
    List<Picked<C>> fewestFirst =
        fronts.stream()
            .map(front -> picked(front, front.size()))
            .filter(picked -> picked.size() > 0)
            .sorted(Comparator.comparingInt(Picked::size))
            .toList();
    List<Picked<C>> first = new ArrayList<>();
    int taken = 0;
    for (Picked<C> all : fewestFirst) {
      int room = atMost - taken;
      Picked<C> within = all.size() <= room ? all : picked(all.front(), room);
      if (within.size() > 0) {
        first.add(within);
        taken += within.size();
      }
    }
    return first;
  }

  private Picked<C> picked(Front<C> front, int atMost) {
    Batch.Span before = underWay.inTurn(front.partition());
    long begin = before == null ? front.begin() : before.first();
    return new Picked<>(front, begin, places(front, atMost));
  }

  private BitSet places(Front<C> front, int atMost) {
    BitSet places = new BitSet();
    Set<ByteBuffer> keys = keysOfSmallJobs(front);
    if (keys.isEmpty()) {
      return places;
    }
    Set<ByteBuffer> stay = new HashSet<>(underWay.keysOf(front.partition()));
    Map<ByteBuffer, List<Integer>> before = new HashMap<>();
    int taken = 0;
    for (int place = 0; place < front.size(); place++) {
      Read<C> read = front.reads().get(place);
      if (!read.isOneOf(keys) || read.isOneOf(stay)) {
        continue;
      }
      ByteBuffer key = read.command().orderedBy();
      if (read.slow() && !slow) {
        stay.add(key);
      } else if (!isPicked(read)) {
        // What was answered comes along: a database that lost it does it first.
        before.computeIfAbsent(key, k -> new ArrayList<>()).add(place);
      } else {
        List<Integer> with = before.getOrDefault(key, List.of());
        if (taken + with.size() >= atMost) {
          stay.add(key);
        } else {
          taken += with.size() + 1;
          places.set(place);
          with.forEach(places::set);
          before.remove(key);
        }
      }
    }
    return places;
  }

  private Set<ByteBuffer> keysOfSmallJobs(Front<C> front) {
    return front.reads().stream()
        .filter(this::isPicked)
        .map(read -> read.command().orderedBy())
        .collect(Collectors.toSet());
  }

  private boolean isPicked(Read<C> read) {
    return read.slow() == slow && read.waits() && isSmall(read);
  }

  private boolean isSmall(Read<C> read) {
    return smallJobs.contains(read.command().key().jobId());
  }

  /** Of slow ones those count that wait; of quick ones all that are in memory. */
  private Set<UUID> smallJobs(int small) {
    Map<UUID, Integer> rows = new HashMap<>();
    for (Front<C> front : fronts) {
      for (Read<C> read : front.reads()) {
        if (read.command() != null && (!slow || (read.slow() && read.waits()))) {
          rows.merge(read.command().key().jobId(), 1, Integer::sum);
        }
      }
    }
    rows.values().removeIf(howMany -> howMany > small);
    return rows.keySet();
  }
}

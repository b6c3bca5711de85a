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

  private static final ByteBuffer NO_KEY = ByteBuffer.allocate(0);

  private final List<Front<C>> fronts;
  private final Batch<C> underWay;
  private final Set<UUID> smallJobs;

  private SmallFirst(List<Front<C>> fronts, Batch<C> underWay) {
    this.fronts = fronts;
    this.underWay = underWay;
    this.smallJobs = smallJobs(fronts);
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
    List<Picked<C>> picked = new SmallFirst<>(fronts, underWay).pick(atMost);
    int taken = picked.stream().mapToInt(Picked::size).sum();
    boolean littleSaved = !slowOnes && all <= atMost && taken > all / 2;
    return littleSaved ? List.of() : picked;
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
    Batch.Span before = underWay.spans().get(front.partition());
    long begin = before == null ? front.begin() : before.first();
    return new Picked<>(front, begin, places(front, atMost));
  }

  private BitSet places(Front<C> front, int atMost) {
    BitSet places = new BitSet();
    Set<ByteBuffer> keys = keysOfSmallJobs(front);
    if (keys.isEmpty()) {
      return places;
    }
    Set<ByteBuffer> stay = keysUnderWay(front);
    Map<ByteBuffer, List<Integer>> before = new HashMap<>();
    int taken = 0;
    for (int place = 0; place < front.size(); place++) {
      Read<C> read = front.reads().get(place);
      ByteBuffer key = keyOf(read);
      if (read.command() == null || !keys.contains(key) || stay.contains(key)) {
        continue;
      }
      if (read.slow()) {
        stay.add(key);
      } else if (!read.mayPass() || !isSmall(read)) {
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
        .filter(read -> read.mayPass() && isSmall(read))
        .map(SmallFirst::keyOf)
        .collect(Collectors.toSet());
  }

  private Set<ByteBuffer> keysUnderWay(Front<C> front) {
    Set<ByteBuffer> keys = new HashSet<>();
    for (Received<C> command : underWay.commands()) {
      if (command.partition().equals(front.partition())) {
        keys.add(keyOf(command));
      }
    }
    return keys;
  }

  private boolean isSmall(Read<C> read) {
    return smallJobs.contains(read.command().key().jobId());
  }

  private static <C> ByteBuffer keyOf(Read<C> read) {
    return read.command() == null ? NO_KEY : keyOf(read.command());
  }

  private static <C> ByteBuffer keyOf(Received<C> command) {
    return command.recordKey() == null ? NO_KEY : ByteBuffer.wrap(command.recordKey());
  }

  private static <C> Set<UUID> smallJobs(List<Front<C>> fronts) {
    Map<UUID, Integer> rows = new HashMap<>();
    for (Front<C> front : fronts) {
      for (Read<C> read : front.reads()) {
        if (read.command() != null) {
          rows.merge(read.command().key().jobId(), 1, Integer::sum);
        }
      }
    }
    rows.values().removeIf(howMany -> howMany > SMALL);
    return rows.keySet();
  }
}

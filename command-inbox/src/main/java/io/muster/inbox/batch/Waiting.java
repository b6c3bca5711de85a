package io.muster.inbox.batch;

import io.muster.inbox.CommandHandler;
import io.muster.inbox.CommandType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.apache.kafka.common.TopicPartition;

/**
 * What waits for its turn, by partition, and what of it comes next. Partitions may pass each other,
 * and what is small passes others' rows in its own; what shares a record's key keeps its order. Why
 * so: {@code docs/decisions/0002-the-command-inbox.md}. For one thread at a time.
 */
public final class Waiting<C> {
  private final CommandType<C> type;
  private final CommandHandler<C> handler;
  private final IntSupplier atOnce;
  private final Map<TopicPartition, List<Read<C>>> partitions = new LinkedHashMap<>();
  private boolean smallOnesHadTheirTurn;

  private boolean smallSlowOnesHadTheirTurn;

  /** Slow ones that came with a later poll wait until those up to this one are done. */
  private long slowOnesUpTo;

  /**
   * @param atOnce rows in the next batch, at most
   */
  public Waiting(CommandType<C> type, CommandHandler<C> handler, IntSupplier atOnce) {
    this.type = type;
    this.handler = handler;
    this.atOnce = atOnce;
  }

  /** Reads what was polled, behind what waits of its partition. */
  public void add(Polled polled) {
    partitions
        .computeIfAbsent(polled.partition(), partition -> new ArrayList<>())
        .addAll(Read.of(type, handler::needsPreparing, polled));
  }

  /**
   * Takes the next of what needs no preparing: small jobs' rows, wherever they stand, and every
   * other time what has waited longest and has no slow command before it, so that big jobs go on
   * whatever else comes.
   *
   * @param underWay what was taken and isn't answered yet; may be empty
   * @return null when there is none
   */
  public Batch<C> nextQuick(Batch<C> underWay) {
    List<Front<C>> fronts = fronts();
    List<Front<C>> quick =
        fronts.stream()
            .filter(front -> underWay.inTurn(front.partition()) == null)
            .map(front -> front.quickBefore(underWay))
            .filter(front -> front.size() > 0)
            .toList();
    if (smallOnesHadTheirTurn && !quick.isEmpty()) {
      smallOnesHadTheirTurn = false;
      return take(oldest(quick));
    }
    List<Picked<C>> small =
        SmallFirst.of(
            fronts.stream().filter(front -> followsOn(front, underWay)).toList(),
            underWay,
            atOnce.getAsInt());
    smallOnesHadTheirTurn = !small.isEmpty();
    if (!small.isEmpty()) {
      return takePicked(small);
    }
    return quick.isEmpty() ? null : take(oldest(quick));
  }

  /** Whether nothing is known to be missing between what is under way and a front. */
  private static <C> boolean followsOn(Front<C> front, Batch<C> underWay) {
    Batch.Span before = underWay.inTurn(front.partition());
    return before == null || before.next() == front.begin();
  }

  /**
   * Takes the next slow commands, as many as are prepared at once, with what stands behind them and
   * before the next slow one. Where more wait than that, small jobs' come first, wherever they
   * stand, and every other time: partitions where others wait behind slow ones, the fewest slow
   * ones first, so that they wait for what their own partition holds. Only partitions whose slow
   * ones came with a later poll don't pass those that wait since an earlier one for ever.
   *
   * @return null when there is none, or none that stands first in its partition and isn't a small
   *     job's
   */
  public Batch<C> nextSlow() {
    List<Front<C>> all = fronts();
    List<Picked<C>> small =
        smallSlowOnesHadTheirTurn
            ? List.of()
            : SmallFirst.ofSlow(all, Math.min(handler.preparedAtOnce(), atOnce.getAsInt()));
    smallSlowOnesHadTheirTurn = !small.isEmpty();
    if (!small.isEmpty()) {
      return takePicked(small);
    }
    List<Front<C>> fronts = all.stream().filter(Front::beginsSlow).toList();
    if (fronts.isEmpty()) {
      return null;
    }
    if (fronts.stream().noneMatch(front -> front.since() <= slowOnesUpTo)) {
      slowOnesUpTo = fronts.stream().mapToLong(Front::since).max().orElseThrow();
    }
    List<Front<C>> due = fronts.stream().filter(f -> f.since() <= slowOnesUpTo).toList();
    List<Front<C>> mixed = due.stream().filter(Front::isMixed).toList();
    List<Front<C>> next = new ArrayList<>();
    int slowOnes = handler.preparedAtOnce();
    int rows = atOnce.getAsInt();
    for (Front<C> front : fewestSlowOnesFirst(mixed.isEmpty() ? due : mixed)) {
      Front<C> part = front.upToSlowOne(slowOnes);
      part = part.first(Math.min(part.size(), rows));
      slowOnes -= part.slowOnes();
      rows -= part.size();
      next.add(part);
      if (slowOnes == 0 || rows == 0) {
        break;
      }
    }
    return take(next);
  }

  /**
   * Drops what was read behind a gap: the partition is read again from before it. What was read
   * again already, and so begins before the gap, stays.
   *
   * @param from the gap's end
   * @return how many records of which poll
   */
  public Map<Polled, Integer> dropBehindGap(TopicPartition partition, long from) {
    Map<Polled, Integer> dropped = new HashMap<>();
    List<Read<C>> waiting = partitions.getOrDefault(partition, List.of());
    List<Read<C>> kept = new ArrayList<>();
    while (!waiting.isEmpty()) {
      Front<C> front = Front.of(partition, waiting);
      if (front.reads().get(0).offset() < from) {
        kept.addAll(front.reads());
      } else {
        front.reads().forEach(read -> dropped.merge(read.polled(), 1, Integer::sum));
      }
      waiting = waiting.subList(front.size(), waiting.size());
    }
    if (kept.isEmpty()) {
      partitions.remove(partition);
    } else {
      partitions.put(partition, kept);
    }
    return dropped;
  }

  private List<Front<C>> fronts() {
    List<Front<C>> fronts = new ArrayList<>();
    partitions.forEach((partition, reads) -> fronts.add(Front.of(partition, reads)));
    return fronts;
  }

  private List<Front<C>> oldest(List<Front<C>> fronts) {
    Map<TopicPartition, Integer> rows = new HashMap<>();
    fronts.stream()
        .flatMap(front -> front.reads().stream())
        .sorted(Comparator.comparingLong(read -> read.polled().number()))
        .limit(atOnce.getAsInt())
        .forEach(read -> rows.merge(read.polled().partition(), 1, Integer::sum));
    return fronts.stream()
        .filter(front -> rows.containsKey(front.partition()))
        .map(front -> front.first(rows.get(front.partition())))
        .toList();
  }

  private static <C> List<Front<C>> fewestSlowOnesFirst(List<Front<C>> fronts) {
    return fronts.stream().sorted(Comparator.comparingInt(Front::slowOnes)).toList();
  }

  private Batch<C> take(List<Front<C>> fronts) {
    Batch<C> batch = Batch.of(fronts);
    fronts.forEach(front -> remove(front.partition(), front.size()));
    return batch;
  }

  private Batch<C> takePicked(List<Picked<C>> picked) {
    Batch<C> batch = Batch.empty();
    for (Picked<C> ofOne : picked) {
      ofOne.takeInto(batch);
      remove(ofOne.partition(), ofOne.inTurn());
    }
    return batch;
  }

  private void remove(TopicPartition partition, int first) {
    // Fronts are views of the list that they are now taken from.
    List<Read<C>> waiting = partitions.get(partition);
    waiting.subList(0, first).clear();
    if (waiting.isEmpty()) {
      partitions.remove(partition);
    }
  }
}

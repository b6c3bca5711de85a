package io.muster.chassis.gather;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Who is to be told of soon, each once, so that those who are due at a time can be told together.
 * For hints: nothing in it outlives the process, and whoever finds no room in it is left out, so
 * something else has to find what was forgotten. Thread-safe.
 *
 * @param <K> names one of them; equal keys are the same one
 */
public final class Gathered<K> {
  private final int most;

  /** When each is due, as {@link System#nanoTime()}. Guarded by this. */
  private final Map<K, Long> due = new LinkedHashMap<>();

  /**
   * @param most for how many there is room
   */
  public Gathered(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("there must be room for one");
    }
    this.most = most;
  }

  /**
   * Puts one in. Who is in already is due at the earlier of the two times.
   *
   * @param inMillis 0 for at once
   */
  public synchronized void put(K key, long inMillis) {
    if (due.size() >= most && !due.containsKey(key)) {
      return;
    }
    long at = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(inMillis);
    due.merge(key, at, (before, now) -> before - now <= 0 ? before : now);
    notifyAll();
  }

  /**
   * Takes out those that are due, and waits for the first one.
   *
   * @param atMost of them; the others stay
   * @param nanos for how long to wait at the most
   * @return empty when the time is over
   */
  public synchronized List<K> take(int atMost, long nanos) throws InterruptedException {
    long end = System.nanoTime() + nanos;
    while (true) {
      long now = System.nanoTime();
      List<K> ripe =
          due.entrySet().stream()
              .filter(each -> each.getValue() - now <= 0)
              .limit(atMost)
              .map(Map.Entry::getKey)
              .toList();
      if (!ripe.isEmpty() || end - now <= 0) {
        ripe.forEach(due::remove);
        return ripe;
      }
      long first = due.values().stream().mapToLong(at -> at - now).min().orElse(Long.MAX_VALUE);
      TimeUnit.NANOSECONDS.timedWait(this, Math.min(first, end - now));
    }
  }
}

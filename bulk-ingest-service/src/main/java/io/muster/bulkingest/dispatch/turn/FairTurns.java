package io.muster.bulkingest.dispatch.turn;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Whose turn it is: each tenant in turn, and within a tenant its single calls first, then each of
 * its other jobs in turn. Not thread-safe: the dispatcher's thread owns it.
 *
 * @param <J> a job with work left
 */
public final class FairTurns<J> {
  private static final class Share<J> {
    private final Deque<J> singles = new ArrayDeque<>();
    private final Deque<J> files = new ArrayDeque<>();
  }

  private final Map<String, Share<J>> shares = new HashMap<>();
  private final LinkedHashMap<String, Boolean> tenants = new LinkedHashMap<>();

  public void add(String tenant, J job, boolean single) {
    Share<J> share = shares.computeIfAbsent(tenant, t -> new Share<>());
    (single ? share.singles : share.files).addLast(job);
    tenants.putIfAbsent(tenant, Boolean.TRUE);
  }

  /**
   * The job whose turn it is; it goes to the end of its tenant's line, its tenant to the end of
   * all.
   *
   * @return empty when nobody has work
   */
  public Optional<J> next() {
    if (tenants.isEmpty()) {
      return Optional.empty();
    }
    String tenant = tenants.keySet().iterator().next();
    tenants.remove(tenant);
    tenants.put(tenant, Boolean.TRUE);
    Share<J> share = shares.get(tenant);
    Deque<J> line = share.singles.isEmpty() ? share.files : share.singles;
    J job = line.removeFirst();
    line.addLast(job);
    return Optional.of(job);
  }

  /** Takes jobs out that have no work left, or were lost. */
  public void removeIf(Predicate<J> gone) {
    shares
        .entrySet()
        .removeIf(
            entry -> {
              Share<J> share = entry.getValue();
              share.singles.removeIf(gone);
              share.files.removeIf(gone);
              boolean empty = share.singles.isEmpty() && share.files.isEmpty();
              if (empty) {
                tenants.remove(entry.getKey());
              }
              return empty;
            });
  }

  public boolean isEmpty() {
    return tenants.isEmpty();
  }
}

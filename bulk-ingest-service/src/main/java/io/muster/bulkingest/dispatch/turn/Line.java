package io.muster.bulkingest.dispatch.turn;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Jobs that take turns: each tenant in turn, and within a tenant each of its jobs in turn. Not
 * thread-safe.
 *
 * @param <J> a job with work left
 */
final class Line<J> {
  /** By tenant, the one whose turn it is first. */
  private final LinkedHashMap<String, Deque<J>> tenants = new LinkedHashMap<>();

  void add(String tenant, J job) {
    tenants.computeIfAbsent(tenant, t -> new ArrayDeque<>()).addLast(job);
  }

  /**
   * The job whose turn it is; it goes to the end of its tenant's line, its tenant to the end of
   * all. Jobs that aren't ready leave the line on the way.
   *
   * @return empty when nobody has work
   */
  Optional<J> next(Predicate<J> ready) {
    while (!tenants.isEmpty()) {
      Map.Entry<String, Deque<J>> first = tenants.entrySet().iterator().next();
      String tenant = first.getKey();
      Deque<J> jobs = first.getValue();
      tenants.remove(tenant);
      while (!jobs.isEmpty() && !ready.test(jobs.getFirst())) {
        jobs.removeFirst();
      }
      if (!jobs.isEmpty()) {
        J job = jobs.removeFirst();
        jobs.addLast(job);
        tenants.put(tenant, jobs);
        return Optional.of(job);
      }
    }
    return Optional.empty();
  }

  void removeIf(Predicate<J> gone) {
    tenants
        .values()
        .removeIf(
            jobs -> {
              jobs.removeIf(gone);
              return jobs.isEmpty();
            });
  }

  /** Whether anyone is ready. */
  boolean anyReady(Predicate<J> ready) {
    return tenants.values().stream().anyMatch(jobs -> jobs.stream().anyMatch(ready));
  }
}

package io.muster.chassis.call;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Whose turn it is among a service's instances. One that didn't answer rests for a while: it is
 * asked last, and first again when all of them rest. Thread-safe.
 */
final class Turns {
  /** About as long as an instance needs to come back; then it costs one call to find out. */
  static final long REST_NANOS = 2_000_000_000L;

  private final LongSupplier nanos;
  private final AtomicInteger next = new AtomicInteger();
  private final Map<URI, Long> silentSince = new ConcurrentHashMap<>();

  Turns(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** All instances in the order in which to try them. */
  List<URI> order(List<URI> instances) {
    if (instances.size() == 1) {
      return instances;
    }
    int first = Math.floorMod(next.getAndIncrement(), instances.size());
    List<URI> order = new ArrayList<>(instances.size());
    List<URI> resting = new ArrayList<>();
    for (int i = 0; i < instances.size(); i++) {
      URI instance = instances.get((first + i) % instances.size());
      (rests(instance) ? resting : order).add(instance);
    }
    order.addAll(resting);
    return order;
  }

  void silent(URI instance) {
    silentSince.put(instance, nanos.getAsLong());
  }

  void answered(URI instance) {
    if (!silentSince.isEmpty()) {
      silentSince.remove(instance);
    }
  }

  private boolean rests(URI instance) {
    Long since = silentSince.get(instance);
    return since != null && nanos.getAsLong() - since < REST_NANOS;
  }
}

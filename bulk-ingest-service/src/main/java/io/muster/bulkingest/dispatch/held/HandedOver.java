package io.muster.bulkingest.dispatch.held;

import io.muster.bulkingest.dispatch.DispatchConfig;
import io.muster.bulkingest.dispatch.lease.Checkpoints.Checkpoint;
import io.muster.bulkingest.dispatch.lease.HaltingDispatch;
import io.muster.bulkingest.dispatch.window.Bell;
import io.muster.bulkingest.instances.ThisInstance;
import io.muster.bulkingest.spool.SpooledRow;
import io.muster.contracts.command.Actor;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Single calls that are handed to this instance's dispatcher by whoever admits them: their lease
 * and the intent to send their row are stored with the job, so nothing has to be found, claimed and
 * stored before the row is sent. What is lost here, by a crash for example, is found when the lease
 * has run out. From any thread. Why so: {@code docs/decisions/0036-what-a-single-call-costs.md}.
 */
@Singleton
public class HandedOver {
  private final Queue<Single> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();
  private final String owner;
  private final Duration lease;
  private final Bell bell;

  /** Until the dispatcher has looked, it may be halted. */
  private volatile Set<String> halted = Set.of(HaltingDispatch.ALL);

  private volatile int places;

  HandedOver(ThisInstance me, DispatchConfig config, Bell bell) {
    this.owner = me.id().toString();
    this.lease = config.lease();
    this.bell = bell;
  }

  /**
   * A lease that is to be stored with a job.
   *
   * @param owner whose it is
   * @param lasts from the transaction's begin on
   */
  public record Lease(String owner, Duration lasts) {}

  /**
   * A call that was admitted.
   *
   * @param checkpoint with its one row intended
   * @param row as it was read back from its seal
   */
  public record Single(Checkpoint checkpoint, Actor actor, SpooledRow row) {}

  /**
   * Under which lease a call may be admitted and handed over; empty when its job has to wait to be
   * claimed like any other: while the operators have halted the tenant's dispatch, before this
   * instance hears results, or when as many calls wait as the dispatcher holds.
   */
  public Optional<Lease> leaseFor(String tenant) {
    Set<String> none = halted;
    return none.contains(HaltingDispatch.ALL) || none.contains(tenant) || count.get() >= places
        ? Optional.empty()
        : Optional.of(new Lease(owner, lease));
  }

  /** To be called after the commit. */
  public void put(Single single) {
    count.incrementAndGet();
    waiting.add(single);
    bell.ring();
  }

  /**
   * What the dispatcher has seen.
   *
   * @param itsPlaces how many more single calls it can hold; 0 takes none
   */
  void look(Set<String> whatIsHalted, int itsPlaces) {
    halted = whatIsHalted;
    places = itsPlaces;
  }

  /** Those that were put since the last call; for the dispatcher's thread. */
  List<Single> take() {
    List<Single> taken = new ArrayList<>();
    for (Single each = waiting.poll(); each != null; each = waiting.poll()) {
      count.decrementAndGet();
      taken.add(each);
    }
    return taken;
  }
}

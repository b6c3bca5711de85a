package io.muster.bulkingest.dispatch;

import io.muster.bulkingest.dispatch.held.HeldJobs;
import io.muster.bulkingest.dispatch.window.InFlight;
import io.muster.bulkingest.dispatch.window.Window;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;

/** What this instance's dispatcher is at right now. From any thread. */
@ApplicationScoped
public class DispatchState {
  private final Window window;
  private final InFlight inFlight;
  private final HeldJobs held;

  DispatchState(Window window, InFlight inFlight, HeldJobs held) {
    this.window = window;
    this.inFlight = inFlight;
    this.held = held;
  }

  /** How much may be on the bus without a result, in the cost of an ordinary row. */
  public long window() {
    return window.size();
  }

  /** How much is. */
  public long inFlight() {
    return inFlight.costOut();
  }

  /** The same by job; jobs without any are left out. */
  public Map<UUID, Long> inFlightByJob() {
    return inFlight.costOutByJob();
  }

  /** Jobs whose leases this instance holds. */
  public int heldJobs() {
    return held.count();
  }
}

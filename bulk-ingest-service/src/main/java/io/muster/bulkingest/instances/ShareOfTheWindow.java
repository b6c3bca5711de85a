package io.muster.bulkingest.instances;

import io.muster.bulkingest.instances.Dispatchers.Living;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/**
 * How much of the cluster's window is this dispatcher's: divided by the number of tenants whose
 * jobs each holds, so that every tenant has the same share wherever its jobs are, and one who holds
 * none has none. What the others hold is known from their last heartbeats. Thread-safe.
 */
@ApplicationScoped
public class ShareOfTheWindow {
  private volatile Holding mine = new Holding(0, 0, 0);
  private volatile int tenantsOfOthers;

  /** What a dispatcher has to do. */
  record Holding(int tenants, int jobs, long costOut) {}

  /**
   * What this dispatcher holds now, for its own share at once and for the others' with the next
   * heartbeat.
   *
   * @param tenants whose jobs it holds
   * @param costOut on the bus without a result, in the cost of an ordinary row
   */
  public void holds(int tenants, int jobs, long costOut) {
    mine = new Holding(tenants, jobs, costOut);
  }

  /** Above 0, and 1 for one that is alone or the only one with something to do. */
  public double share() {
    int tenants = Math.max(1, mine.tenants());
    return (double) tenants / (tenants + tenantsOfOthers);
  }

  Holding mine() {
    return mine;
  }

  /**
   * @param living this one may be among them
   */
  void learn(List<Living> living, UUID me) {
    tenantsOfOthers =
        living.stream().filter(each -> !each.id().equals(me)).mapToInt(Living::tenants).sum();
  }
}

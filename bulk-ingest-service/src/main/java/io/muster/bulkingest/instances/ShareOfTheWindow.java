package io.muster.bulkingest.instances;

import io.muster.bulkingest.dispatch.window.WindowShare;
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
public class ShareOfTheWindow implements WindowShare {
  private volatile int tenants;
  private volatile int tenantsOfOthers;

  /**
   * Counts for this dispatcher's share at once, and for the others' with the next heartbeat.
   *
   * @param now of so many tenants it holds jobs
   */
  public void holdsJobsOf(int now) {
    tenants = now;
  }

  /** 1 also for the only one with something to do. */
  @Override
  public double share() {
    int mine = Math.max(1, tenants);
    return (double) mine / (mine + tenantsOfOthers);
  }

  int tenants() {
    return tenants;
  }

  /**
   * @param living this one may be among them
   */
  void learn(List<Living> living, UUID me) {
    tenantsOfOthers =
        living.stream().filter(each -> !each.id().equals(me)).mapToInt(Living::tenants).sum();
  }
}

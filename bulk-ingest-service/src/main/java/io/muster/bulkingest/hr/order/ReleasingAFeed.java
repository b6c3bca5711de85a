package io.muster.bulkingest.hr.order;

import io.muster.bulkingest.hr.feed.Feeds;
import io.muster.chassis.tenancy.TenantScope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.time.Clock;

/** Lets a feed go on that its safety valve has paused; the next sweep takes up what waited. */
@ApplicationScoped
public class ReleasingAFeed {
  private final TenantScope tenants;
  private final Feeds feeds;
  private final Clock clock;

  ReleasingAFeed(TenantScope tenants, Feeds feeds, Clock clock) {
    this.tenants = tenants;
    this.feeds = feeds;
    this.clock = clock;
  }

  /**
   * @return false when it wasn't paused
   */
  @Transactional
  public boolean release(String tenant, String subject) throws SQLException {
    tenants.enter(tenant);
    feeds.lock(tenant);
    return feeds.release(tenant, clock.instant(), subject);
  }
}

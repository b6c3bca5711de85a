package io.muster.bulkingest.dispatch.held;

import io.muster.bulkingest.guard.BlastRadius;
import io.muster.chassis.tenancy.TenantScope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * How many more rows that remove or disable accounts the next slice of a guarded job may hold, so
 * that it is cut where the limit is. What is known here is an estimate, refreshed before a job is
 * stopped for it; that nothing goes beyond is decided with the intent. Only the dispatcher's thread
 * calls.
 */
@ApplicationScoped
class AllowedRemovals {
  private final BlastRadius blastRadius;
  private final TenantScope tenants;
  private final Map<String, Long> used = new HashMap<>();

  AllowedRemovals(BlastRadius blastRadius, TenantScope tenants) {
    this.blastRadius = blastRadius;
    this.tenants = tenants;
  }

  /** For the next slice of that job. */
  @Transactional
  long of(OpenJob job) throws SQLException {
    long limit = job.removals().limit();
    if (limit == BlastRadius.UNLIMITED) {
      return BlastRadius.UNLIMITED;
    }
    String tenant = job.key().tenant();
    Long known = used.get(tenant);
    if (known == null || known >= limit) {
      tenants.enter(tenant);
      known = blastRadius.used(tenant) + job.countedButNotStored();
      used.put(tenant, known);
    }
    return Math.max(0, limit - known);
  }

  /** A slice was read that holds so many of them. */
  void taken(OpenJob job, long rows) {
    if (rows > 0) {
      used.computeIfPresent(job.key().tenant(), (tenant, known) -> known + rows);
    }
  }

  /** What was read isn't sent: ask again. */
  void forget(String tenant) {
    used.remove(tenant);
  }
}

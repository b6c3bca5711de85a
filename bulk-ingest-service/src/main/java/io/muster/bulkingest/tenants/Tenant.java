package io.muster.bulkingest.tenants;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is laid down about a tenant. Every method needs a transaction that has entered it. What is
 * left of its quotas is kept beside it by {@link Bucket} alone.
 */
@Entity
public class Tenant extends PanacheEntityBase {
  @Id
  @Column(name = "tenant_id")
  public String id;

  /** For people; null without one. */
  public String name;

  /** Of new users, as written. */
  public String[] domains = {};

  @Column(name = "max_open_jobs")
  public Integer maxOpenJobs;

  @Column(name = "max_rows_per_job")
  public Long maxRowsPerJob;

  @Column(name = "max_uploads_per_minute")
  public Integer maxUploadsPerMinute;

  @Column(name = "max_single_calls_per_minute")
  public Integer maxSingleCallsPerMinute;

  @Column(name = "uploads_allowed")
  public boolean uploadsAllowed = true;

  @Column(name = "registered_at", updatable = false)
  public Instant registeredAt;

  @Column(name = "updated_at")
  public Instant updatedAt;

  @Column(name = "updated_by")
  public String updatedBy;

  static Optional<Tenant> of(String tenant) {
    return findByIdOptional(tenant);
  }

  TenantDescription description() {
    return new TenantDescription(
        id,
        name,
        List.of(domains),
        new TenantDescription.Quotas(
            maxOpenJobs, maxRowsPerJob, maxUploadsPerMinute, maxSingleCallsPerMinute),
        new TenantDescription.Settings(uploadsAllowed),
        registeredAt,
        updatedAt);
  }
}

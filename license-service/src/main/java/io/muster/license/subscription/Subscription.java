package io.muster.license.subscription;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.panache.common.Parameters;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A pool of seats, looked at or changed one at a time. Its sum is written by the set-wise
 * statements of {@code seat} only. Every method needs a transaction that has entered the tenant.
 */
@Entity
@Table(name = "subscription")
@IdClass(Subscription.Key.class)
public class Subscription extends PanacheEntityBase {
  /** Its primary key. */
  public record Key(String tenantId, String sku) implements Serializable {}

  @Id
  @Column(name = "tenant_id")
  public String tenantId;

  @Id public String sku;

  public String name;

  @Column(name = "total_seats")
  public int totalSeats;

  @Column(name = "assigned_seats", updatable = false)
  public int assignedSeats;

  @Column(name = "created_at")
  public Instant createdAt;

  @Column(name = "updated_at")
  public Instant updatedAt;

  /**
   * @param lock keep batches of commands and other changes out until the transaction ends
   */
  static Optional<Subscription> of(String tenant, String sku, LockModeType lock) {
    return findByIdOptional(new Key(tenant, sku), lock);
  }

  /** By SKU, those after this one; {@code ""} comes before all. */
  static List<Subscription> after(String tenant, String sku, int limit) {
    return Subscription.<Subscription>find(
            "tenantId = :tenant and sku > :sku order by sku",
            Parameters.with("tenant", tenant).and("sku", sku))
        .range(0, limit - 1)
        .list();
  }
}

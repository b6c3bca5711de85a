package io.muster.license.subscription;

import io.muster.chassis.problem.RequestRefused;
import io.muster.chassis.tenancy.TenantScope;
import io.muster.contracts.job.RequestCode;
import io.muster.inbox.database.Retries;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Sets how many seats a subscription has, and makes it when it isn't there. Takes the same lock as
 * batches of commands, so neither finds a sum that the other is about to change.
 */
@ApplicationScoped
public class SettingSeats {
  private final TenantScope tenants;
  private final Clock clock;

  @Inject
  SettingSeats(TenantScope tenants) {
    this(tenants, Clock.systemUTC());
  }

  SettingSeats(TenantScope tenants, Clock clock) {
    this.tenants = tenants;
    this.clock = clock;
  }

  /**
   * @return the subscription as it is now
   * @throws RequestRefused SEATS_IN_USE when more are assigned than wanted
   */
  SubscriptionAnswer set(String tenant, String sku, WantedSeats wanted) {
    Retries retries = new Retries();
    while (true) {
      try {
        return QuarkusTransaction.requiringNew().call(() -> once(tenant, sku, wanted));
      } catch (RequestRefused refused) {
        throw refused;
      } catch (RuntimeException e) {
        // Two callers made it at once: the second one finds it now.
        if (!retries.atOnce(e)) {
          throw e;
        }
      }
    }
  }

  private SubscriptionAnswer once(String tenant, String sku, WantedSeats wanted) {
    tenants.enter(tenant);
    Instant now = clock.instant();
    Optional<Subscription> found = Subscription.of(tenant, sku, LockModeType.PESSIMISTIC_WRITE);
    Subscription subscription = found.orElseGet(() -> unnamed(tenant, sku, now));
    if (wanted.totalSeats() < subscription.assignedSeats) {
      throw RequestRefused.because(
          RequestCode.SEATS_IN_USE,
          "%d seats of %s are assigned. Release some first, or ask for at least as many."
              .formatted(subscription.assignedSeats, sku));
    }
    subscription.totalSeats = wanted.totalSeats();
    if (wanted.name() != null) {
      subscription.name = wanted.name();
    }
    subscription.updatedAt = now;
    subscription.persistAndFlush();
    return SubscriptionAnswer.of(subscription);
  }

  private static Subscription unnamed(String tenant, String sku, Instant now) {
    Subscription subscription = new Subscription();
    subscription.tenantId = tenant;
    subscription.sku = sku;
    subscription.name = sku;
    subscription.createdAt = now;
    return subscription;
  }
}

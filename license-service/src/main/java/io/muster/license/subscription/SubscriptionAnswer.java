package io.muster.license.subscription;

/** A subscription as API.md shows it. */
public record SubscriptionAnswer(
    String sku, String name, int totalSeats, int assignedSeats, int freeSeats) {
  static SubscriptionAnswer of(Subscription subscription) {
    return new SubscriptionAnswer(
        subscription.sku,
        subscription.name,
        subscription.totalSeats,
        subscription.assignedSeats,
        subscription.totalSeats - subscription.assignedSeats);
  }
}

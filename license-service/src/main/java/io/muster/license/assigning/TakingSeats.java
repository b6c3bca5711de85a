package io.muster.license.assigning;

import io.muster.chassis.access.Roles;
import io.muster.contracts.command.LicenseCommand;
import io.muster.contracts.command.UserPrincipalName;
import io.muster.contracts.result.RowCode;
import io.muster.inbox.Outcome;
import io.muster.license.seat.Ledger;
import io.muster.license.seat.Seat;
import io.muster.license.seat.Text;
import io.muster.license.seat.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes a seat in each of the row's subscriptions, or none at all. A user that holds one already
 * takes no further one; the newer stamp is taken over.
 */
final class TakingSeats {
  /** Names at most in a refusal; a row may carry any number. */
  private static final int MOST_NAMES = 10;

  private TakingSeats() {}

  static Outcome take(Ledger ledger, LicenseCommand command) {
    Optional<Outcome> outOfHand = refuse(command);
    if (outOfHand.isPresent()) {
      return outOfHand.get();
    }
    List<String> unknown =
        command.subscriptions().stream()
            .filter(sku -> ledger.pool(command.tenant(), sku) == null)
            .distinct()
            .toList();
    if (!unknown.isEmpty()) {
      return unknown(unknown);
    }
    User user = User.of(command);
    List<Seat> seats =
        command.subscriptions().stream().distinct().map(sku -> ledger.seat(user, sku)).toList();
    List<String> newer = new ArrayList<>();
    List<String> usedUp = new ArrayList<>();
    for (Seat seat : seats) {
      if (ledger.isHeldByNewer(seat, command.stamp())) {
        newer.add(seat.sku());
      } else if (!seat.isHeld() && !ledger.pool(command.tenant(), seat.sku()).hasSeatLeft()) {
        usedUp.add(seat.sku());
      }
    }
    if (!newer.isEmpty()) {
      return superseded(newer);
    }
    if (!usedUp.isEmpty()) {
      return noSeatsLeft(usedUp);
    }
    if (!command.dryRun()) {
      seats.forEach(seat -> ledger.claim(seat, command.userPrincipalName(), command.stamp()));
    }
    return Outcome.applied();
  }

  /** What can be told without looking at any seat. */
  private static Optional<Outcome> refuse(LicenseCommand command) {
    if (!command.actor().roles().contains(Roles.TENANT_ADMIN)) {
      return Optional.of(
          Outcome.rejected(
              RowCode.OPERATION_NOT_ALLOWED, "Only a tenant administrator may assign licenses."));
    }
    String name = command.userPrincipalName();
    if (!Text.isStorable(name) || Text.length(name) > UserPrincipalName.MAX_LENGTH) {
      return Optional.of(Outcome.rejected(RowCode.INVALID_USER_PRINCIPAL_NAME));
    }
    return Optional.empty();
  }

  private static Outcome unknown(List<String> skus) {
    return Outcome.rejected(
        RowCode.UNKNOWN_SUBSCRIPTION,
        "There is no subscription %s. Create it first, or correct its SKU.".formatted(names(skus)));
  }

  private static Outcome superseded(List<String> skus) {
    return Outcome.rejected(
        RowCode.SUPERSEDED,
        "Something newer has taken %s for this user; submit again if you still want it."
            .formatted(names(skus)));
  }

  private static Outcome noSeatsLeft(List<String> skus) {
    return Outcome.rejected(
        RowCode.NO_SEATS_LEFT,
        "No seat is left in %s. Buy seats there or release some, then retry the job."
            .formatted(names(skus)));
  }

  /** What is no SKU may hold anything, and isn't repeated. */
  private static String names(List<String> skus) {
    List<String> names = new ArrayList<>();
    for (String sku : skus.subList(0, Math.min(skus.size(), MOST_NAMES))) {
      names.add(Text.isSku(sku) ? sku : "(no valid SKU)");
    }
    if (skus.size() > MOST_NAMES) {
      names.add("and %d more".formatted(skus.size() - MOST_NAMES));
    }
    return String.join(", ", names);
  }
}

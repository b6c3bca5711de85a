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

/** Whether a row gets a seat in each of its subscriptions. Touches none yet. */
final class AskingForSeats {
  private AskingForSeats() {}

  /**
   * @return why it gets none; empty when it may take them all
   */
  static Optional<Outcome> refusal(Ledger ledger, LicenseCommand command) {
    Optional<Outcome> outOfHand = outOfHand(command);
    if (outOfHand.isPresent()) {
      return outOfHand;
    }
    List<String> unknown =
        command.subscriptions().stream()
            .filter(sku -> ledger.pool(command.tenant(), sku) == null)
            .distinct()
            .toList();
    if (!unknown.isEmpty()) {
      return Optional.of(Refusals.unknown(unknown));
    }
    List<String> newer = new ArrayList<>();
    List<String> anew = new ArrayList<>();
    for (Seat seat : named(ledger, command)) {
      if (ledger.isHeldByNewer(seat, command.stamp())) {
        newer.add(seat.sku());
      } else if (!seat.isHeld()) {
        anew.add(seat.sku());
      }
    }
    if (!newer.isEmpty()) {
      return Optional.of(Refusals.superseded(newer));
    }
    return ledger.isSetByNewer(User.of(command), command.stamp())
        ? Optional.of(Refusals.setByNewer())
        : usedUp(ledger, command, anew);
  }

  /** The seats that the row names, each once, held or not. */
  static List<Seat> named(Ledger ledger, LicenseCommand command) {
    User user = User.of(command);
    return command.subscriptions().stream().distinct().map(sku -> ledger.seat(user, sku)).toList();
  }

  /**
   * Whether these pools have a seat left for a row.
   *
   * @param anew subscriptions that there are, each once, in which the user holds no seat
   */
  static Optional<Outcome> usedUp(Ledger ledger, LicenseCommand command, List<String> anew) {
    ledger.needs(command, anew);
    List<String> usedUp =
        anew.stream().filter(sku -> !ledger.pool(command.tenant(), sku).hasSeatLeft()).toList();
    return usedUp.isEmpty() ? Optional.empty() : Optional.of(Refusals.noSeatsLeft(usedUp));
  }

  /** What can be told without looking at any seat. */
  private static Optional<Outcome> outOfHand(LicenseCommand command) {
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
}

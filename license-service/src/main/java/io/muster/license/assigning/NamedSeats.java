package io.muster.license.assigning;

import io.muster.contracts.command.LicenseCommand;
import io.muster.license.seat.Ledger;
import io.muster.license.seat.Seat;
import io.muster.license.seat.User;
import java.util.List;

/** The seats that a command names, of those that its user holds. */
final class NamedSeats {
  private NamedSeats() {}

  /** No subscriptions named means all. */
  static List<Seat> of(Ledger ledger, LicenseCommand command) {
    return ledger.seats(User.of(command)).stream()
        .filter(Seat::isHeld)
        .filter(
            seat ->
                command.subscriptions().isEmpty() || command.subscriptions().contains(seat.sku()))
        .toList();
  }
}

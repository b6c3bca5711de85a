package io.muster.license.assigning;

import io.muster.contracts.command.LicenseCommand;
import io.muster.inbox.Outcome;
import io.muster.license.seat.ExactSet;
import io.muster.license.seat.GivenBack;
import io.muster.license.seat.Ledger;
import io.muster.license.seat.Seat;
import io.muster.license.seat.User;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the row's subscriptions all that its user holds: takes the missing seats, takes over the
 * stamp of the others, gives back the rest; or is refused and changes nothing. A seat to be given
 * back that something newer took is passed over, as by a release. What is older adds no seat after.
 */
final class SettingLicenses {
  private SettingLicenses() {}

  static Outcome set(Ledger ledger, LicenseCommand command) {
    Optional<Outcome> refusal = AskingForSeats.refusal(ledger, command);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Set<String> named = Set.copyOf(command.subscriptions());
    GivenBack.By by = ReleasingSeats.by(command);
    for (Seat seat : ledger.seats(User.of(command))) {
      if (!named.contains(seat.sku())) {
        ledger.release(seat, by);
      }
    }
    for (Seat seat : AskingForSeats.named(ledger, command)) {
      ledger.claim(seat, command.userPrincipalName(), command.stamp());
    }
    ledger.setExactly(User.of(command), new ExactSet(command.stamp(), command.jobId()));
    return Outcome.applied();
  }
}

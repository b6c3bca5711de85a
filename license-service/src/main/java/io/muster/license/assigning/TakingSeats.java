package io.muster.license.assigning;

import io.muster.contracts.command.LicenseCommand;
import io.muster.inbox.Outcome;
import io.muster.license.seat.Ledger;
import io.muster.license.seat.Seat;
import java.util.Optional;

/**
 * Takes a seat in each of the row's subscriptions, or none at all. A user that holds one already
 * takes no further one; the newer stamp is taken over.
 */
final class TakingSeats {
  private TakingSeats() {}

  static Outcome take(Ledger ledger, LicenseCommand command) {
    Optional<Outcome> refusal = AskingForSeats.refusal(ledger, command);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    for (Seat seat : AskingForSeats.named(ledger, command)) {
      ledger.claim(seat, command.userPrincipalName(), command.stamp());
    }
    return Outcome.applied();
  }
}

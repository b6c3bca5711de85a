package io.muster.license.assigning;

import io.muster.contracts.command.LicenseCommand;
import io.muster.inbox.Outcome;
import io.muster.license.seat.Ledger;
import io.muster.license.seat.Seat;

/** Gives seats back, never refused. What something newer than the release took stays. */
final class ReleasingSeats {
  private ReleasingSeats() {}

  static Outcome release(Ledger ledger, LicenseCommand command) {
    if (!command.dryRun()) {
      for (Seat seat : NamedSeats.of(ledger, command)) {
        ledger.release(seat, command.stamp());
      }
    }
    return Outcome.applied();
  }
}

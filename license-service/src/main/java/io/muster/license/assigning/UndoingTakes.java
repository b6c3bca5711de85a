package io.muster.license.assigning;

import io.muster.contracts.command.LicenseCommand;
import io.muster.inbox.Outcome;
import io.muster.license.seat.Ledger;
import io.muster.license.seat.Seat;

/**
 * Takes back the claims of a take that was done; an undo carries that take's stamp. Never refused:
 * claims that are gone by now have been undone by a release.
 */
final class UndoingTakes {
  private UndoingTakes() {}

  static Outcome undo(Ledger ledger, LicenseCommand command) {
    if (!command.dryRun()) {
      for (Seat seat : NamedSeats.of(ledger, command)) {
        ledger.undo(seat, command.stamp());
      }
    }
    return Outcome.undone();
  }
}

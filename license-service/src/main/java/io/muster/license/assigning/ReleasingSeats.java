package io.muster.license.assigning;

import io.muster.contracts.command.CommandId;
import io.muster.contracts.command.LicenseCommand;
import io.muster.contracts.command.LicenseCommand.Action;
import io.muster.inbox.Outcome;
import io.muster.license.seat.GivenBack;
import io.muster.license.seat.Ledger;
import io.muster.license.seat.Seat;
import io.muster.license.seat.User;
import java.util.List;

/** Gives seats back, never refused. What something newer than the release took stays. */
final class ReleasingSeats {
  private ReleasingSeats() {}

  static Outcome release(Ledger ledger, LicenseCommand command) {
    List<String> named = command.subscriptions();
    GivenBack.By by = by(command);
    for (Seat seat : ledger.seats(User.of(command))) {
      if (named.isEmpty() || named.contains(seat.sku())) {
        ledger.release(seat, by);
      }
    }
    return Outcome.applied();
  }

  /** As whose doing it is kept. */
  static GivenBack.By by(LicenseCommand command) {
    return new GivenBack.By(
        new CommandId(command.jobId(), command.row()),
        command.stamp(),
        command.accountId(),
        command.action() == Action.SET);
  }
}

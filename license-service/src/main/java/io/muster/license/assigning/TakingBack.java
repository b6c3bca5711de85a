package io.muster.license.assigning;

import io.muster.contracts.command.CommandId;
import io.muster.contracts.command.LicenseCommand;
import io.muster.contracts.result.PartOutcome;
import io.muster.inbox.Outcome;
import io.muster.license.seat.GivenBack;
import io.muster.license.seat.Ledger;
import io.muster.license.seat.User;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Takes back what a command did: its claims go, the seats that it gave back come again with theirs.
 * For ever after it is as if that command had never been. Twice is once.
 */
final class TakingBack {
  private TakingBack() {}

  /**
   * For a row of an undo job, a new intention: all of it or nothing. A seat that the user holds
   * again stays, and gets the older claims besides.
   */
  static Outcome revert(Ledger ledger, LicenseCommand command) {
    User user = User.of(command);
    List<GivenBack> given = ledger.givenBack(user, command.reverts());
    List<String> anew =
        given.stream()
            .map(GivenBack::sku)
            .filter(sku -> !ledger.seat(user, sku).isHeld())
            .sorted()
            .toList();
    List<String> unknown =
        anew.stream().filter(sku -> ledger.pool(command.tenant(), sku) == null).toList();
    if (!unknown.isEmpty()) {
      return Refusals.unknown(unknown);
    }
    Optional<Outcome> usedUp = AskingForSeats.usedUp(ledger, command, anew);
    if (usedUp.isPresent()) {
      return usedUp.get();
    }
    if (command.revertedStamp() != null) {
      ledger.undo(user, command.revertedStamp());
    }
    given.forEach(one -> ledger.bringBack(one, command.userPrincipalName(), command.stamp()));
    return Outcome.applied();
  }

  /**
   * For a refused row's own command, which never was; an undo carries that command's stamp. Never
   * refused: a seat that somebody else has taken meanwhile stays theirs, and the answer says so.
   */
  static Outcome undo(Ledger ledger, LicenseCommand command) {
    User user = User.of(command);
    CommandId undone =
        command.undoes() == null ? new CommandId(command.jobId(), command.row()) : command.undoes();
    ledger.undo(user, command.stamp());
    TreeSet<String> lost = new TreeSet<>();
    for (GivenBack one :
        ledger.givenBack(user, undone).stream()
            .sorted(Comparator.comparing(GivenBack::sku))
            .toList()) {
      if (ledger.seat(user, one.sku()).isHeld() || hasSeatLeft(ledger, command, one)) {
        ledger.bringBack(one, command.userPrincipalName(), null);
      } else {
        lost.add(one.sku());
      }
    }
    return lost.isEmpty()
        ? Outcome.undone()
        : new Outcome(
            PartOutcome.UNDONE,
            null,
            "The seat in %s was given back and somebody else has taken it since."
                .formatted(Refusals.names(lost)));
  }

  private static boolean hasSeatLeft(Ledger ledger, LicenseCommand command, GivenBack one) {
    return ledger.pool(command.tenant(), one.sku()) != null
        && ledger.pool(command.tenant(), one.sku()).hasSeatLeft();
  }
}

package io.muster.license.assigning;

import io.muster.contracts.command.LicenseCommand;
import io.muster.inbox.Outcome;
import io.muster.license.seat.GivenBack;
import io.muster.license.seat.Ledger;
import io.muster.license.seat.User;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

/**
 * For an account that came back from the recycle bin: takes no seat, and tells which it held when
 * its removal (or a disabling before that) gave them back.
 */
final class TellingWhatWasHeld {
  private TellingWhatWasHeld() {}

  static Outcome tell(Ledger ledger, LicenseCommand command) {
    List<GivenBack> ofTheAccount =
        ledger.givenBack(User.of(command)).stream()
            .filter(given -> isSame(given.by().account(), command.accountId()))
            .toList();
    Optional<GivenBack.By> last =
        ofTheAccount.stream()
            .map(GivenBack::by)
            .max(Comparator.comparing(GivenBack.By::stamp))
            .filter(by -> !by.isExactSet());
    if (last.isEmpty()) {
      return Outcome.applied();
    }
    TreeSet<String> held = new TreeSet<>();
    ofTheAccount.stream()
        .filter(given -> given.by().equals(last.get()))
        .forEach(given -> held.add(given.sku()));
    return Outcome.applied(
        "Held %s when its seats were given back; restoring takes no seats back."
            .formatted(Refusals.names(held)));
  }

  /** Another account may have had the name in between. */
  private static boolean isSame(UUID account, UUID asked) {
    return account == null || asked == null || account.equals(asked);
  }
}

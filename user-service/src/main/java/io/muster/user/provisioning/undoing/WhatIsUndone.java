package io.muster.user.provisioning.undoing;

import io.muster.contracts.event.AccountEventType;
import io.muster.contracts.event.AccountState;
import io.muster.inbox.Happening;
import io.muster.user.provisioning.happened.Differences;
import io.muster.user.provisioning.signin.SignIn;
import java.util.ArrayList;
import java.util.List;

/**
 * What other systems are told of a row that never counted. They had heard of its activation, so it
 * is named as undone even where somebody newer wants the account as it is.
 */
final class WhatIsUndone {
  private WhatIsUndone() {}

  static List<Happening> by(Undo undo) {
    if (undo.deletes()) {
      return List.of(Happening.of(AccountEventType.ADDITION_UNDONE));
    }
    SignIn after = undo.after();
    List<Happening> happened = new ArrayList<>();
    List<Happening> differences = Differences.of(undo.account().signIn(), after);
    if (activated(undo)) {
      happened.add(Happening.leaving(AccountEventType.ACTIVATION_UNDONE, Differences.state(after)));
      differences.stream()
          .filter(each -> each.type() == AccountEventType.PASSWORD_RESET)
          .forEach(happened::add);
    } else {
      happened.addAll(differences);
    }
    if (undo.propertiesAfter() != null) {
      happened.addAll(Differences.of(undo.properties(), undo.propertiesAfter()));
    }
    return happened;
  }

  /**
   * The row had found the account disabled, or made it, of which no image is kept; and left it
   * active.
   */
  private static boolean activated(Undo undo) {
    SignIn found = undo.change().before().signIn();
    SignIn left = undo.change().after().signIn();
    return undo.change().reverts() == null
        && Differences.state(found) == AccountState.DISABLED
        && (left == null || Differences.state(left) == AccountState.ACTIVE);
  }
}

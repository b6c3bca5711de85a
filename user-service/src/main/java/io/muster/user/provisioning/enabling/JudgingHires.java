package io.muster.user.provisioning.enabling;

import io.muster.contracts.command.Operation;
import io.muster.contracts.command.UserCommand;
import io.muster.contracts.result.RowCode;
import io.muster.inbox.Outcome;
import io.muster.user.provisioning.NamesAndEmployeeIds.Wanted;
import io.muster.user.provisioning.RowRules;
import io.muster.user.provisioning.signin.FoundAccount;
import io.muster.user.provisioning.signin.Rights;
import java.util.Optional;

/** Why a row that may make its account is refused, before it is known how it would sign in. */
final class JudgingHires {
  private JudgingHires() {}

  /**
   * @param named the account in use with the row's name, else the one that was removed last; null
   *     for none
   * @param otherName how the account is named that has the row's employee id; null where there is
   *     none, or it has the row's name
   */
  static Optional<Outcome> refuse(UserCommand command, FoundAccount named, String otherName) {
    return Rights.refuse(command.actor(), Operation.ENABLE)
        .or(() -> RowRules.refuseSet(command))
        .or(() -> Optional.ofNullable(otherName).map(JudgingHires::isAnother))
        .or(() -> named == null ? Optional.empty() : refuse(command, named));
  }

  /** Seats and sign-ins go by the name, and a name never changes. */
  private static Outcome isAnother(String otherName) {
    return Outcome.rejected(
        RowCode.IMMUTABLE,
        "The account with this employee id is named %s, and a name can't be changed: use that name."
            .formatted(otherName));
  }

  private static Optional<Outcome> refuse(UserCommand command, FoundAccount named) {
    if (Rights.isOlder(command.stamp(), named.signIn().stateStamp())) {
      return Optional.of(Outcome.rejected(RowCode.SUPERSEDED));
    }
    if (named.isRemoved()) {
      return Optional.empty();
    }
    String employeeId = Wanted.of(command).employeeId();
    if (employeeId != null && !employeeId.equals(named.employeeId())) {
      return Optional.of(
          Outcome.rejected(
              RowCode.USER_ALREADY_EXISTS,
              "This name is the account of somebody else, with another employee id or none: use another"
                  + " name, or give that account this employee id."));
    }
    return Rights.isOlder(command.stamp(), named.propertiesStamp())
        ? Optional.of(Outcome.rejected(RowCode.SUPERSEDED))
        : Optional.empty();
  }
}

package io.muster.user.intake;

import io.muster.contracts.command.LicenseCommand;
import io.muster.contracts.command.LicenseCommand.Action;
import io.muster.contracts.command.Operation;
import io.muster.contracts.command.Part;
import io.muster.contracts.command.Stamp;
import io.muster.contracts.command.UserCommand;
import io.muster.contracts.result.PartOutcome;
import io.muster.inbox.Outcome;
import io.muster.user.provisioning.reverting.TakenBack;
import java.util.List;
import java.util.Optional;

/**
 * What a row's license part becomes, told from the command and its stored outcome alone, so that a
 * repeat tells the same. Only the seats of an {@code enable} are taken without us, at the same
 * time; every other license part waits for its user part, and is skipped when that is refused.
 */
final class LicensePart {
  private LicensePart() {}

  /** The row has a license part that we speak for. */
  private static boolean isOurs(UserCommand command) {
    return command.undoes() == null && command.parts().contains(Part.LICENSE);
  }

  /** Its seats are taken in parallel. */
  private static boolean isParallel(UserCommand command) {
    return command.operation() == Operation.ENABLE && command.reverts() == null;
  }

  /** Nobody will do it. */
  static boolean isSkipped(UserCommand command, Outcome outcome) {
    return isOurs(command) && !isParallel(command) && outcome.part() == PartOutcome.REJECTED;
  }

  /** What license-service is to do now. */
  static Optional<LicenseCommand> following(UserCommand command, Outcome outcome) {
    if (!isOurs(command)) {
      return Optional.empty();
    }
    if (isParallel(command)) {
      return outcome.part() == PartOutcome.REJECTED
          ? Optional.of(order(command, Action.UNDO, List.of(), null))
          : Optional.empty();
    }
    if (outcome.part() != PartOutcome.APPLIED) {
      return Optional.empty();
    }
    if (command.reverts() != null) {
      return TakenBack.leavesNoHolder(outcome)
          // Seats that somebody gave it since would be held by nobody.
          ? Optional.of(order(command, Action.RELEASE, List.of(), null))
          : TakenBack.stamp(outcome).map(stamp -> order(command, Action.RESTORE, List.of(), stamp));
    }
    return switch (command.operation()) {
      case DISABLE, REMOVE -> Optional.of(order(command, Action.RELEASE, List.of(), null));
      case RESTORE -> Optional.of(order(command, Action.RESTORE, List.of(), null));
      case SET_LICENSES ->
          Optional.ofNullable(command.licenses())
              .map(licenses -> order(command, Action.SET, licenses, null));
      case ADD, ENABLE, SET, SET_PASSWORD -> Optional.empty();
    };
  }

  private static LicenseCommand order(
      UserCommand command, Action action, List<String> subscriptions, Stamp reverted) {
    return new LicenseCommand(
        command.tenant(),
        command.jobId(),
        command.row(),
        command.stamp(),
        action,
        subscriptions,
        command.userPrincipalName(),
        null,
        command.actor(),
        command.parts(),
        action == Action.UNDO ? command.id() : null,
        reverted == null ? null : command.reverts(),
        reverted,
        command.dryRun());
  }
}

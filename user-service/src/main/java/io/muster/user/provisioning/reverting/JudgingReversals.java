package io.muster.user.provisioning.reverting;

import io.muster.contracts.command.Operation;
import io.muster.contracts.command.UserCommand;
import io.muster.contracts.result.RowCode;
import io.muster.inbox.Outcome;
import io.muster.user.provisioning.NamesAndEmployeeIds;
import io.muster.user.provisioning.NamesAndEmployeeIds.Taken;
import io.muster.user.provisioning.NamesAndEmployeeIds.Wanted;
import io.muster.user.provisioning.kept.KeptChange;
import io.muster.user.provisioning.signin.Rights;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Why a row can't be undone, if so. It is undone as a whole or not at all. */
final class JudgingReversals {
  private static final Outcome REPLACED = Outcome.rejected(RowCode.NOT_UNDOABLE);
  private static final Outcome NOT_KEPT =
      Outcome.rejected(
          RowCode.NOT_UNDOABLE, "What the row found is no longer kept: change the account itself.");
  private static final Outcome NOT_TRIED_OUT =
      Outcome.rejected(
          RowCode.OPERATION_NOT_ALLOWED, "An undo can't be tried out: leave dryRun out.");

  private JudgingReversals() {}

  /** What is known without following any chain. */
  static Optional<Outcome> refuse(Reversal row) {
    UserCommand command = row.command();
    if (command.dryRun()) {
      return Optional.of(NOT_TRIED_OUT);
    }
    KeptChange change = row.change();
    Operation operation = change == null ? command.operation() : change.operation();
    Optional<Outcome> notAllowed = Rights.refuse(command.actor(), operation);
    if (notAllowed.isEmpty() && row.account() != null) {
      notAllowed = Rights.refuse(command.actor(), row.account());
    }
    if (notAllowed.isPresent()) {
      return notAllowed;
    }
    return change == null ? Optional.of(NOT_KEPT) : Optional.empty();
  }

  /** What is known once all chains were followed, of a row that wasn't undone before. */
  static Optional<Outcome> refuseNow(Reversal row) {
    KeptChange change = row.change();
    if (change.replacedCredential() || (change.reverts() != null && neverComesBack(change))) {
      return Optional.of(REPLACED);
    }
    boolean goneSince =
        row.account() == null
            || (row.account().isRemoved()
                && (row.properties() != null || change.operation() == Operation.SET_LICENSES));
    return goneSince || row.isSuperseded()
        ? Optional.of(Outcome.rejected(RowCode.SUPERSEDED))
        : Optional.empty();
  }

  /** The undo of an add deleted the account. */
  private static boolean neverComesBack(KeptChange change) {
    return change.operation() == Operation.ADD;
  }

  /**
   * Whose name or employee id was given away since.
   *
   * @return by command, compared by identity; those that meet nothing are left out
   */
  static Map<UserCommand, Outcome> refuseTaken(Connection connection, List<Reversal> rows)
      throws SQLException {
    List<Wanted> wanted = new ArrayList<>();
    for (Reversal row : rows) {
      if (row.comesOutOfTheBin()) {
        wanted.add(new Wanted(row.command(), row.account().employeeId()));
      } else if (row.propertiesAfter() != null) {
        wanted.add(new Wanted(row.command(), row.propertiesAfter().employeeId()));
      }
    }
    Map<UserCommand, Outcome> refused = new IdentityHashMap<>();
    Map<UserCommand, Taken> taken = NamesAndEmployeeIds.taken(connection, wanted);
    for (Reversal row : rows) {
      Taken met = taken.getOrDefault(row.command(), Taken.NOTHING);
      if (met.name() && row.comesOutOfTheBin()) {
        refused.put(row.command(), Outcome.rejected(RowCode.USER_ALREADY_EXISTS));
      } else if (met.employeeId()) {
        refused.put(row.command(), NamesAndEmployeeIds.EMPLOYEE_ID_TAKEN);
      }
    }
    return refused;
  }
}

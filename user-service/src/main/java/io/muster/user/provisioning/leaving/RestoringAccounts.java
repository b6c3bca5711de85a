package io.muster.user.provisioning.leaving;

import io.muster.contracts.command.Operation;
import io.muster.contracts.command.UserCommand;
import io.muster.contracts.result.RowCode;
import io.muster.inbox.Outcome;
import io.muster.user.provisioning.Effect;
import io.muster.user.provisioning.NamesAndEmployeeIds;
import io.muster.user.provisioning.NamesAndEmployeeIds.Taken;
import io.muster.user.provisioning.NamesAndEmployeeIds.Wanted;
import io.muster.user.provisioning.signin.ChangingSignIns;
import io.muster.user.provisioning.signin.Decision;
import io.muster.user.provisioning.signin.FoundAccount;
import io.muster.user.provisioning.signin.Rights;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Operation {@code restore}: the account of the name that was removed last comes back as it was,
 * unless its name or employee id was given away meanwhile. Seats don't come back; the command that
 * follows tells which it held.
 */
@ApplicationScoped
public class RestoringAccounts {
  private final ChangingSignIns changing;

  RestoringAccounts(ChangingSignIns changing) {
    this.changing = changing;
  }

  /**
   * @param commands no two for one user
   * @return one for each command, in the same order
   */
  public List<Effect> apply(List<UserCommand> commands) throws SQLException {
    return changing.apply(commands, new ComingBack());
  }

  private static final class ComingBack implements ChangingSignIns.Rule {
    private Map<UserCommand, Taken> taken = Map.of();

    @Override
    public void look(Connection connection, Map<UserCommand, FoundAccount> accounts)
        throws SQLException {
      taken =
          NamesAndEmployeeIds.taken(
              connection,
              accounts.entrySet().stream()
                  .filter(e -> e.getValue().isRemoved() && e.getValue().employeeId() != null)
                  .map(e -> new Wanted(e.getKey(), e.getValue().employeeId()))
                  .toList());
    }

    @Override
    public Decision decide(UserCommand command, FoundAccount account) {
      Optional<Outcome> refusal =
          Rights.refuseUnlessThere(command.actor(), Operation.RESTORE, account);
      if (refusal.isPresent()) {
        return Decision.refused(refusal.get());
      }
      if (!account.isRemoved()) {
        return Decision.refused(
            Outcome.rejected(
                RowCode.USER_ALREADY_EXISTS,
                "An account in use has this name: there is nothing to restore, or it has to be"
                    + " removed first."));
      }
      if (Rights.isOlder(command.stamp(), account.signIn().stateStamp())) {
        return Decision.refused(RowCode.SUPERSEDED);
      }
      return taken.getOrDefault(command, Taken.NOTHING).employeeId()
          ? Decision.refused(NamesAndEmployeeIds.EMPLOYEE_ID_TAKEN)
          : Decision.to(account.signIn().restored(command.stamp()));
    }
  }
}

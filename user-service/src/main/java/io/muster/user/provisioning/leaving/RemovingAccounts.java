package io.muster.user.provisioning.leaving;

import io.muster.contracts.command.Operation;
import io.muster.contracts.command.UserCommand;
import io.muster.contracts.result.RowCode;
import io.muster.inbox.Outcome;
import io.muster.user.provisioning.Effect;
import io.muster.user.provisioning.signin.ChangingSignIns;
import io.muster.user.provisioning.signin.Decision;
import io.muster.user.provisioning.signin.FoundAccount;
import io.muster.user.provisioning.signin.Rights;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Operation {@code remove}: into the recycle bin, which sets name and employee id free. Seats are
 * given back by the command that follows.
 */
@ApplicationScoped
public class RemovingAccounts {
  private final ChangingSignIns changing;

  RemovingAccounts(ChangingSignIns changing) {
    this.changing = changing;
  }

  /**
   * @param commands no two for one user
   * @return one for each command, in the same order
   */
  public List<Effect> apply(List<UserCommand> commands) throws SQLException {
    return changing.apply(commands, RemovingAccounts::decide);
  }

  private static Decision decide(UserCommand command, FoundAccount account) {
    Optional<Outcome> refusal =
        Rights.refuseUnlessInUse(command.actor(), Operation.REMOVE, account);
    if (refusal.isPresent()) {
      return Decision.refused(refusal.get());
    }
    return Rights.isOlder(command.stamp(), account.signIn().stateStamp())
        ? Decision.refused(RowCode.SUPERSEDED)
        : Decision.to(account.signIn().removed(command.stamp()));
  }
}

package io.muster.user.provisioning.licensing;

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
 * Operation {@code set-licenses}: checks the account, changes nothing of it, and leaves its line in
 * the audit. The seats are set by the command that follows.
 */
@ApplicationScoped
public class CheckingLicenseHolders {
  private final ChangingSignIns changing;

  CheckingLicenseHolders(ChangingSignIns changing) {
    this.changing = changing;
  }

  /**
   * What the audit shows.
   *
   * @param licenses null where the row left them alone
   */
  private record Wanted(List<String> licenses) {}

  /**
   * @param commands no two for one user
   * @return one for each command, in the same order
   */
  public List<Effect> apply(List<UserCommand> commands) throws SQLException {
    return changing.apply(commands, CheckingLicenseHolders::decide);
  }

  private static Decision decide(UserCommand command, FoundAccount account) {
    Optional<Outcome> refusal =
        Rights.refuseUnlessInUse(command.actor(), Operation.SET_LICENSES, account);
    if (refusal.isPresent()) {
      return Decision.refused(refusal.get());
    }
    return Rights.isOlder(command.stamp(), account.signIn().stateStamp())
        ? Decision.refused(RowCode.SUPERSEDED)
        : Decision.nothing(new Wanted(command.licenses()));
  }
}

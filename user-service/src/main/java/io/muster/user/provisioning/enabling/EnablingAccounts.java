package io.muster.user.provisioning.enabling;

import com.github.f4b6a3.uuid.UuidCreator;
import io.muster.contracts.command.Operation;
import io.muster.contracts.command.UserCommand;
import io.muster.contracts.result.RowCode;
import io.muster.inbox.Outcome;
import io.muster.user.password.NewCredential;
import io.muster.user.password.NewCredentials;
import io.muster.user.provisioning.Effect;
import io.muster.user.provisioning.signin.ChangingSignIns;
import io.muster.user.provisioning.signin.Decision;
import io.muster.user.provisioning.signin.FoundAccount;
import io.muster.user.provisioning.signin.Rights;
import io.muster.user.provisioning.signin.SignIn;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Operation {@code enable}: activates accounts; sets the given password, or makes one where the
 * account has none yet and the row wants one. Seats are license-service's part, at the same time.
 */
@ApplicationScoped
public class EnablingAccounts {
  private final ChangingSignIns changing;
  private final NewCredentials credentials;
  private final Supplier<UUID> ids;

  @Inject
  EnablingAccounts(ChangingSignIns changing, NewCredentials credentials) {
    this.changing = changing;
    this.credentials = credentials;
    this.ids = UuidCreator::getTimeOrderedEpochPlus1;
  }

  /**
   * @param commands no two for one user
   * @param passwords of those with a given one, compared by identity
   * @return one for each command, in the same order
   */
  public List<Effect> apply(
      List<UserCommand> commands, Map<UserCommand, PreparedPassword> passwords)
      throws SQLException {
    return changing.apply(
        commands, (command, account) -> decide(command, account, passwords.get(command)));
  }

  /**
   * Decides one row, changing nothing.
   *
   * @param account null where there is none
   * @param password null when none was given
   */
  Decision decide(UserCommand command, FoundAccount account, PreparedPassword password) {
    Optional<Outcome> refusal =
        Rights.refuseUnlessInUse(command.actor(), Operation.ENABLE, account);
    if (refusal.isPresent()) {
      return Decision.refused(refusal.get());
    }
    SignIn now = account.signIn();
    boolean setsCredential = password != null || (now.credentialId() == null && command.generate());
    if (Rights.isOlder(command.stamp(), now.stateStamp())
        || (setsCredential && Rights.isOlder(command.stamp(), now.credentialStamp()))) {
      return Decision.refused(RowCode.SUPERSEDED);
    }
    if (password != null && password.refusal() != null) {
      return Decision.refused(password.refusal());
    }
    SignIn active = now.withState("ACTIVE", command.stamp());
    if (!setsCredential) {
      return Decision.to(active.withCredentialConfirmed(command.stamp()));
    }
    NewCredential credential =
        password == null
            ? credentials.generate(ids.get())
            : NewCredential.given(ids.get(), password.hash(), command.mustChangePassword());
    return Decision.to(
        active.withCredential(
            credential.kind(), credential.id(), credential.mustChange(), command.stamp()),
        credential);
  }
}

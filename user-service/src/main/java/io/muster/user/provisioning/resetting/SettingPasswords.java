package io.muster.user.provisioning.resetting;

import com.github.f4b6a3.uuid.UuidCreator;
import io.muster.contracts.command.Operation;
import io.muster.contracts.command.UserCommand;
import io.muster.contracts.result.RowCode;
import io.muster.inbox.Outcome;
import io.muster.user.password.NewCredential;
import io.muster.user.password.NewCredentials;
import io.muster.user.provisioning.Effect;
import io.muster.user.provisioning.enabling.PreparedPassword;
import io.muster.user.provisioning.signin.ChangingSignIns;
import io.muster.user.provisioning.signin.Decision;
import io.muster.user.provisioning.signin.FoundAccount;
import io.muster.user.provisioning.signin.Rights;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Operation {@code set-password}: the given password, else one that is made and handed out to the
 * submitter, takes the place of whatever the account has. Its state stays as it is.
 */
@ApplicationScoped
public class SettingPasswords {
  private final ChangingSignIns changing;
  private final NewCredentials credentials;
  private final Supplier<UUID> ids;

  @Inject
  SettingPasswords(ChangingSignIns changing, NewCredentials credentials) {
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

  private Decision decide(UserCommand command, FoundAccount account, PreparedPassword password) {
    Optional<Outcome> refusal =
        Rights.refuseUnlessInUse(command.actor(), Operation.SET_PASSWORD, account);
    if (refusal.isPresent()) {
      return Decision.refused(refusal.get());
    }
    if (Rights.isOlder(command.stamp(), account.signIn().credentialStamp())) {
      return Decision.refused(RowCode.SUPERSEDED);
    }
    if (password != null && password.refusal() != null) {
      return Decision.refused(password.refusal());
    }
    NewCredential credential =
        password == null
            ? credentials.generate(ids.get())
            : NewCredential.given(ids.get(), password.hash(), command.mustChangePassword());
    return Decision.to(
        account
            .signIn()
            .withCredential(
                credential.kind(), credential.id(), credential.mustChange(), command.stamp()),
        credential);
  }
}

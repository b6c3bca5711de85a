package io.muster.user.provisioning.enabling;

import io.muster.contracts.command.UserCommand;
import io.muster.contracts.command.UserPrincipalName;
import io.muster.contracts.result.RowCode;
import io.muster.inbox.Outcome;
import io.muster.sealing.SealBroken;
import io.muster.sealing.Secret;
import io.muster.sealing.password.PasswordOpener;
import io.muster.sealing.password.SecretExpired;
import io.muster.user.password.PasswordHashing;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Opens given passwords, hashes them on all cores and forgets them, outside any transaction. */
@ApplicationScoped
public class PreparingPasswords {
  private static final Outcome EXPIRED = Outcome.rejected(RowCode.SECRET_EXPIRED);
  private static final Outcome BROKEN =
      Outcome.rejected(
          RowCode.INVALID_VALUE,
          "Column Password: what was given can't be opened any more. Enter it again.");

  private final PasswordOpener opener;
  private final PasswordHashing hashing;

  PreparingPasswords(PasswordOpener opener, PasswordHashing hashing) {
    this.opener = opener;
    this.hashing = hashing;
  }

  /** How many take about a quarter of a second. */
  public int atOnce() {
    return hashing.atOnce();
  }

  /**
   * What belongs to a dry run is opened, and not hashed: it is never stored.
   *
   * @param commands all of them with a given password
   * @return by command, compared by identity
   */
  public Map<UserCommand, PreparedPassword> prepare(List<UserCommand> commands) {
    Map<UserCommand, PreparedPassword> prepared = new IdentityHashMap<>();
    List<UserCommand> opened = new ArrayList<>();
    List<Secret> secrets = new ArrayList<>();
    try {
      for (UserCommand command : commands) {
        try {
          Secret secret =
              opener.open(
                  command.tenant(),
                  UserPrincipalName.keyOf(command.userPrincipalName()),
                  command.sealedPassword());
          if (command.dryRun()) {
            secret.destroy();
            prepared.put(command, new PreparedPassword(PasswordHashing.OF_NOBODY, null));
          } else {
            secrets.add(secret);
            opened.add(command);
          }
        } catch (SecretExpired e) {
          prepared.put(command, new PreparedPassword(null, EXPIRED));
        } catch (SealBroken e) {
          prepared.put(command, new PreparedPassword(null, BROKEN));
        }
      }
      List<String> hashes = hashing.hash(secrets);
      for (int i = 0; i < hashes.size(); i++) {
        prepared.put(opened.get(i), new PreparedPassword(hashes.get(i), null));
      }
      return prepared;
    } finally {
      secrets.forEach(Secret::destroy);
    }
  }
}

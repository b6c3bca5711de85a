package io.muster.user.provisioning.enabling;

import io.muster.chassis.password.PasswordHashFormat;
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

/**
 * Opens given passwords, hashes them on all cores and forgets them, outside any transaction; a
 * given hash is judged and kept as it is.
 */
@ApplicationScoped
public class PreparingPasswords {
  private static final Outcome EXPIRED = Outcome.rejected(RowCode.SECRET_EXPIRED);
  private static final Outcome BROKEN = broken("Password");
  private static final Outcome BROKEN_HASH = broken("PasswordHash");

  private final PasswordOpener opener;
  private final PasswordHashing hashing;

  PreparingPasswords(PasswordOpener opener, PasswordHashing hashing) {
    this.opener = opener;
    this.hashing = hashing;
  }

  /** Whether the row gives a password, or a hash of one. */
  public static boolean isGivenWith(UserCommand command) {
    return command.sealedPassword() != null
        && command.undoes() == null
        && command.reverts() == null;
  }

  /** Whether that takes a hash's time; opening a hash takes none to speak of. */
  public static boolean takesLong(UserCommand command) {
    return isGivenWith(command) && !command.passwordIsHash() && !command.dryRun();
  }

  /** How many of those that take long take about a quarter of a second. */
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
          Secret secret = open(command);
          if (command.passwordIsHash()) {
            prepared.put(command, kept(secret));
          } else if (command.dryRun()) {
            secret.destroy();
            prepared.put(command, new PreparedPassword(PasswordHashing.OF_NOBODY, null));
          } else {
            secrets.add(secret);
            opened.add(command);
          }
        } catch (SecretExpired e) {
          prepared.put(command, new PreparedPassword(null, EXPIRED));
        } catch (SealBroken e) {
          prepared.put(
              command, new PreparedPassword(null, command.passwordIsHash() ? BROKEN_HASH : BROKEN));
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

  private static Outcome broken(String column) {
    return Outcome.rejected(
        RowCode.INVALID_VALUE,
        "Column " + column + ": what was given can't be opened any more. Enter it again.");
  }

  private Secret open(UserCommand command) throws SecretExpired, SealBroken {
    return opener.open(
        command.tenant(),
        UserPrincipalName.keyOf(command.userPrincipalName()),
        command.sealedPassword());
  }

  /** Judged at the door as well, where it was sealed; but a command may come from elsewhere. */
  private static PreparedPassword kept(Secret hash) {
    try {
      String text = hash.reveal();
      return PasswordHashFormat.fault(text)
          .map(fault -> Outcome.rejected(RowCode.UNSUPPORTED_PASSWORD_HASH, fault))
          .map(refusal -> new PreparedPassword(null, refusal))
          .orElseGet(
              () ->
                  new PreparedPassword(
                      PasswordHashFormat.read(text).orElseThrow().written(), null));
    } finally {
      hash.destroy();
    }
  }
}

package io.muster.user.provisioning.enabling;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
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
import java.util.concurrent.CompletionStage;

/**
 * Opens given passwords, has them hashed and forgets them; a given hash is judged and kept as it
 * is.
 */
@ApplicationScoped
public class PreparingPasswords {
  private static final Outcome EXPIRED = Outcome.rejected(RowCode.SECRET_EXPIRED);
  private static final Outcome BROKEN = broken("Password");
  private static final Outcome BROKEN_HASH = broken("PasswordHash");

  private final PasswordOpener opener;
  private final HashingOnAllCores hashing;
  private final Counter hashed;

  PreparingPasswords(PasswordOpener opener, HashingOnAllCores hashing, MeterRegistry metrics) {
    this.opener = opener;
    this.hashing = hashing;
    this.hashed = metrics.counter("muster.passwords.hashed");
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
   * Opens them and begins to hash them. What belongs to a dry run is opened, and not hashed: it is
   * never stored.
   *
   * @param commands all of them with a given password
   */
  public Begun begin(List<UserCommand> commands) {
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
      return new Begun(prepared, opened, hashing.begin(secrets));
    } catch (RuntimeException e) {
      secrets.forEach(Secret::destroy);
      throw e;
    }
  }

  /** The same, and waits for it. */
  public Map<UserCommand, PreparedPassword> prepare(List<UserCommand> commands) {
    try (Begun begun = begin(commands)) {
      return begun.passwords();
    }
  }

  /** Passwords on their way. For one thread, which closes it. */
  public final class Begun implements AutoCloseable {
    private final Map<UserCommand, PreparedPassword> prepared;
    private final List<UserCommand> opened;
    private final HashingOnAllCores.Round round;

    private Begun(
        Map<UserCommand, PreparedPassword> prepared,
        List<UserCommand> opened,
        HashingOnAllCores.Round round) {
      this.prepared = prepared;
      this.opened = opened;
      this.round = round;
    }

    /** Done when their hashes haven't to be waited for any more, failed ones included. */
    public CompletionStage<Void> ready() {
      return round.ready();
    }

    /**
     * Waits for their hashes.
     *
     * @return by command, compared by identity
     */
    public Map<UserCommand, PreparedPassword> passwords() {
      List<String> hashes = round.hashes();
      hashed.increment(hashes.size());
      for (int i = 0; i < hashes.size(); i++) {
        prepared.put(opened.get(i), new PreparedPassword(hashes.get(i), null));
      }
      return prepared;
    }

    @Override
    public void close() {
      round.close();
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

package io.muster.user.provisioning.enabling;

import com.github.f4b6a3.uuid.UuidCreator;
import io.muster.chassis.access.Roles;
import io.muster.contracts.command.Stamp;
import io.muster.contracts.command.UserCommand;
import io.muster.contracts.result.RowCode;
import io.muster.inbox.Outcome;
import io.muster.user.password.CredentialVersions;
import io.muster.user.password.NewCredential;
import io.muster.user.password.NewCredentials;
import io.muster.user.provisioning.Effect;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Operation {@code enable}: activates accounts; sets the given password, or makes one where the
 * account has none yet. Seats are license-service's part, at the same time.
 */
@ApplicationScoped
public class EnablingAccounts {
  private static final Outcome NOT_ALLOWED =
      Outcome.rejected(
          RowCode.OPERATION_NOT_ALLOWED, "Only a tenant administrator may enable accounts.");

  private final DataSource dataSource;
  private final NewCredentials credentials;
  private final CredentialVersions versions;
  private final WritingSignIns writing;
  private final Supplier<UUID> ids;

  @Inject
  EnablingAccounts(
      DataSource dataSource,
      NewCredentials credentials,
      CredentialVersions versions,
      WritingSignIns writing) {
    this.dataSource = dataSource;
    this.credentials = credentials;
    this.versions = versions;
    this.writing = writing;
    this.ids = UuidCreator::getTimeOrderedEpochPlus1;
  }

  private record Enabled(
      UserCommand command, FoundAccount account, SignIn after, NewCredential credential) {}

  /**
   * @param commands no two for one user
   * @param passwords of those with a given one, compared by identity
   * @return one for each command, in the same order
   */
  public List<Effect> apply(
      List<UserCommand> commands, Map<UserCommand, PreparedPassword> passwords)
      throws SQLException {
    Map<UserCommand, Effect> effects = new IdentityHashMap<>(commands.size());
    List<Enabled> enabled = new ArrayList<>();
    try (Connection connection = dataSource.getConnection()) {
      Map<UserCommand, FoundAccount> found = FindingAccounts.byName(connection, commands);
      for (UserCommand command : commands) {
        FoundAccount account = found.get(command);
        PreparedPassword password = passwords.get(command);
        Optional<Outcome> refusal = refusal(command, account, password);
        if (refusal.isPresent()) {
          effects.put(
              command, Effect.refused(refusal.get(), account == null ? null : account.id()));
        } else if (command.dryRun()) {
          effects.put(command, Effect.wouldApply());
        } else {
          Enabled one = enable(command, account, password);
          enabled.add(one);
          effects.put(command, Effect.changed(account.id(), account.signIn(), one.after()));
        }
      }
      write(connection, enabled);
    }
    return commands.stream().map(effects::get).toList();
  }

  private static Optional<Outcome> refusal(
      UserCommand command, FoundAccount account, PreparedPassword password) {
    if (!command.actor().roles().contains(Roles.TENANT_ADMIN)) {
      return Optional.of(NOT_ALLOWED);
    }
    if (account == null) {
      return Optional.of(Outcome.rejected(RowCode.USER_NOT_FOUND));
    }
    if (account.isRemoved()) {
      return Optional.of(Outcome.rejected(RowCode.USER_REMOVED));
    }
    SignIn now = account.signIn();
    boolean setsCredential = password != null || now.credentialId() == null;
    if (isOlder(command.stamp(), now.stateStamp())
        || (setsCredential && isOlder(command.stamp(), now.credentialStamp()))) {
      return Optional.of(Outcome.rejected(RowCode.SUPERSEDED));
    }
    return password == null ? Optional.empty() : Optional.ofNullable(password.refusal());
  }

  private static boolean isOlder(Stamp mine, Stamp theirs) {
    return mine.compareTo(theirs) < 0;
  }

  private Enabled enable(UserCommand command, FoundAccount account, PreparedPassword password) {
    SignIn after = account.signIn().activated(command.stamp());
    NewCredential credential = null;
    if (password != null) {
      credential = NewCredential.given(ids.get(), password.hash(), command.mustChangePassword());
    } else if (after.credentialId() == null) {
      credential = credentials.generate(ids.get());
    }
    after =
        credential == null
            ? after.withCredentialConfirmed(command.stamp())
            : after.withCredential(
                credential.kind(), credential.id(), credential.mustChange(), command.stamp());
    return new Enabled(command, account, after, credential);
  }

  private void write(Connection connection, List<Enabled> enabled) throws SQLException {
    List<Enabled> withCredential = enabled.stream().filter(e -> e.credential() != null).toList();
    versions.supersede(
        connection,
        withCredential.stream()
            .filter(e -> e.account().signIn().credentialId() != null)
            .map(
                e ->
                    new CredentialVersions.Key(
                        e.command().tenant(), e.account().signIn().credentialId()))
            .toList());
    credentials.keep(
        connection,
        withCredential.stream()
            .map(e -> new NewCredentials.OfAccount(e.command(), e.account().id(), e.credential()))
            .toList());
    writing.write(
        connection,
        enabled.stream().map(e -> new WritingSignIns.Change(e.account(), e.after())).toList());
  }
}

package io.muster.user.provisioning.signin;

import io.muster.contracts.command.UserCommand;
import io.muster.user.password.CredentialVersions;
import io.muster.user.password.NewCredential;
import io.muster.user.password.NewCredentials;
import io.muster.user.provisioning.Effect;
import io.muster.user.provisioning.happened.Differences;
import io.muster.user.provisioning.happened.Usually;
import io.muster.user.provisioning.tryout.Shadows;
import io.muster.user.provisioning.tryout.Shadows.Shadow;
import io.muster.user.provisioning.tryout.WouldBe;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * What all operations on sign-ins have in common: the batch's accounts are looked up, each row is
 * decided by the operation's own rule, and what was decided is written, set-wise; for rows of a dry
 * run to their shadows.
 */
@ApplicationScoped
public class ChangingSignIns {
  private final DataSource dataSource;
  private final NewCredentials credentials;
  private final CredentialVersions versions;
  private final WritingSignIns writing;

  ChangingSignIns(
      DataSource dataSource,
      NewCredentials credentials,
      CredentialVersions versions,
      WritingSignIns writing) {
    this.dataSource = dataSource;
    this.credentials = credentials;
    this.versions = versions;
    this.writing = writing;
  }

  /** An operation's rule. */
  public interface Rule {
    /**
     * Decides one row, changing nothing.
     *
     * @param account null where no account bears or bore the name
     */
    Decision decide(UserCommand command, FoundAccount account);

    /** Looks up what the rule has to know besides, before it decides the first row. */
    default void look(Connection connection, Map<UserCommand, FoundAccount> accounts)
        throws SQLException {}
  }

  /**
   * What was decided of an account.
   *
   * @param credential the one that {@code after} points at; null when it brings none
   */
  public record Changed(
      UserCommand command, FoundAccount account, SignIn after, NewCredential credential) {}

  /**
   * @param commands no two for one user
   * @return one for each command, in the same order
   */
  public List<Effect> apply(List<UserCommand> commands, Rule rule) throws SQLException {
    Map<UserCommand, Effect> effects = new IdentityHashMap<>(commands.size());
    List<Changed> changed = new ArrayList<>();
    try (Connection connection = dataSource.getConnection()) {
      Map<UserCommand, FoundAccount> found = FindingAccounts.byName(connection, commands);
      Shadows.layOver(connection, commands, found);
      rule.look(connection, found);
      for (UserCommand command : commands) {
        FoundAccount account = found.get(command);
        Decision decision = rule.decide(command, account);
        if (decision.refusal() != null) {
          effects.put(
              command, Effect.refused(decision.refusal(), account == null ? null : account.id()));
        } else if (decision.after() == null) {
          effects.put(command, Effect.changed(account.id(), null, decision.told()));
        } else {
          changed.add(new Changed(command, account, decision.after(), decision.credential()));
          effects.put(
              command,
              Effect.changed(account.id(), account.signIn(), decision.after())
                  .telling(
                      Usually.unless(command, Differences.of(account.signIn(), decision.after()))));
        }
      }
      write(connection, changed.stream().filter(c -> !c.command().dryRun()).toList());
      Shadows.put(
          connection,
          changed.stream()
              .filter(c -> c.command().dryRun())
              .map(c -> new Shadow(c.command(), WouldBe.of(c.account(), c.after())))
              .toList());
    }
    return commands.stream().map(effects::get).toList();
  }

  /**
   * @param changed no two of one account, none of a dry run
   */
  public void write(Connection connection, List<Changed> changed) throws SQLException {
    List<Changed> withCredential = changed.stream().filter(c -> c.credential() != null).toList();
    versions.supersede(
        connection,
        withCredential.stream()
            .filter(c -> c.account().signIn().credentialId() != null)
            .map(
                c ->
                    new CredentialVersions.Key(
                        c.command().tenant(), c.account().signIn().credentialId()))
            .toList());
    credentials.keep(
        connection,
        withCredential.stream()
            .map(c -> new NewCredentials.OfAccount(c.command(), c.account().id(), c.credential()))
            .toList());
    writing.write(
        connection,
        changed.stream().map(c -> new WritingSignIns.Change(c.account(), c.after())).toList());
  }
}

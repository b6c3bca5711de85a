package io.muster.user.provisioning.adding;

import com.github.f4b6a3.uuid.UuidCreator;
import io.muster.contracts.command.AccountProperty;
import io.muster.contracts.command.UserCommand;
import io.muster.contracts.command.UserPrincipalName;
import io.muster.contracts.result.RowCode;
import io.muster.inbox.Outcome;
import io.muster.user.password.NewCredential;
import io.muster.user.password.NewCredentials;
import io.muster.user.provisioning.Effect;
import io.muster.user.provisioning.NamesAndEmployeeIds;
import io.muster.user.provisioning.NamesAndEmployeeIds.Taken;
import io.muster.user.provisioning.NamesAndEmployeeIds.Wanted;
import io.muster.user.provisioning.RowRules;
import io.muster.user.provisioning.enabling.PreparedPassword;
import io.muster.user.provisioning.tryout.Shadows;
import io.muster.user.provisioning.tryout.Shadows.Shadow;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Operation {@code add}: makes accounts, DISABLED unless the row says otherwise, with the given
 * password, or with one that is made where the account is to be active and the row wants one, and
 * without seats. One insert for all rows, and one look at those that lost to an account that is
 * there.
 */
@ApplicationScoped
public class AddingAccounts {
  private final DataSource dataSource;
  private final InsertingAccounts inserting;
  private final NewCredentials credentials;
  private final Supplier<UUID> ids;

  @Inject
  AddingAccounts(DataSource dataSource, InsertingAccounts inserting, NewCredentials credentials) {
    this(dataSource, inserting, credentials, UuidCreator::getTimeOrderedEpochPlus1);
  }

  /**
   * @param ids UUIDv7, so that new accounts stand together in the index
   */
  AddingAccounts(
      DataSource dataSource,
      InsertingAccounts inserting,
      NewCredentials credentials,
      Supplier<UUID> ids) {
    this.dataSource = dataSource;
    this.inserting = inserting;
    this.credentials = credentials;
    this.ids = ids;
  }

  /**
   * @param commands no two for one user or one employee id
   * @param passwords of those with a given one, compared by identity
   * @return one for each command, in the same order
   */
  public List<Effect> apply(
      List<UserCommand> commands, Map<UserCommand, PreparedPassword> passwords)
      throws SQLException {
    Map<UserCommand, Effect> effects = new IdentityHashMap<>(commands.size());
    List<NewAccount> toAdd = new ArrayList<>();
    List<NewAccount> toLookAt = new ArrayList<>();
    for (UserCommand command : commands) {
      PreparedPassword password = passwords.get(command);
      Optional<Outcome> refusal =
          RowRules.refuseAdd(command)
              .or(() -> Optional.ofNullable(password).map(PreparedPassword::refusal));
      if (refusal.isPresent()) {
        effects.put(command, Effect.refused(refusal.get()));
      } else if (command.dryRun()) {
        toLookAt.add(newAccount(command, password));
      } else {
        toAdd.add(newAccount(command, password));
      }
    }
    try (Connection connection = dataSource.getConnection()) {
      Set<UUID> added = inserting.insert(connection, toAdd);
      for (NewAccount account : toAdd) {
        if (added.contains(account.id())) {
          effects.put(account.command(), Effect.added(account.id(), account.image()));
        } else {
          toLookAt.add(account);
        }
      }
      credentials.keep(
          connection,
          toAdd.stream()
              .filter(a -> a.credential() != null && added.contains(a.id()))
              .map(a -> new NewCredentials.OfAccount(a.command(), a.id(), a.credential()))
              .toList());
      Map<UserCommand, Taken> taken =
          NamesAndEmployeeIds.taken(
              connection, toLookAt.stream().map(a -> Wanted.of(a.command())).toList());
      List<Shadow> shadows = new ArrayList<>();
      for (NewAccount account : toLookAt) {
        UserCommand command = account.command();
        Optional<Outcome> refusal = refusal(taken.getOrDefault(command, Taken.NOTHING));
        if (refusal.isPresent()) {
          effects.put(command, Effect.refused(refusal.get()));
        } else if (command.dryRun()) {
          shadows.add(new Shadow(command, account.wouldBe()));
          effects.put(command, Effect.changed(account.id(), null, null));
        } else {
          // Whoever was in the way went away between two statements: the batch has to start over.
          throw new SQLTransientException("an account was in the way and is gone", "40001");
        }
      }
      Shadows.put(connection, shadows);
    }
    return commands.stream().map(effects::get).toList();
  }

  private static Optional<Outcome> refusal(Taken taken) {
    if (taken.name()) {
      return Optional.of(Outcome.rejected(RowCode.USER_ALREADY_EXISTS));
    }
    return taken.employeeId()
        ? Optional.of(NamesAndEmployeeIds.EMPLOYEE_ID_TAKEN)
        : Optional.empty();
  }

  private NewAccount newAccount(UserCommand command, PreparedPassword password) {
    Map<String, String> properties = new HashMap<>(command.properties());
    properties.put(
        AccountProperty.DISPLAY_NAME.field(), RowRules.displayName(command.properties()));
    properties.values().removeIf(String::isEmpty);
    return new NewAccount(
        command,
        ids.get(),
        UserPrincipalName.keyOf(command.userPrincipalName()),
        command.active() ? "ACTIVE" : "DISABLED",
        Boolean.TRUE.equals(command.protectedAccount()),
        credential(command, password),
        properties);
  }

  /** A blocked account's password must be changed in any case: it waits for its person. */
  private NewCredential credential(UserCommand command, PreparedPassword password) {
    if (password != null) {
      return NewCredential.given(
          ids.get(), password.hash(), command.mustChangePassword() || !command.active());
    }
    return command.active() && command.generate() ? credentials.generate(ids.get()) : null;
  }
}

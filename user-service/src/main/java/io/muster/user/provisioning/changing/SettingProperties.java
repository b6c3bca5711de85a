package io.muster.user.provisioning.changing;

import io.muster.contracts.command.Operation;
import io.muster.contracts.command.UserCommand;
import io.muster.contracts.result.RowCode;
import io.muster.inbox.Outcome;
import io.muster.user.provisioning.Effect;
import io.muster.user.provisioning.NamesAndEmployeeIds;
import io.muster.user.provisioning.NamesAndEmployeeIds.Taken;
import io.muster.user.provisioning.NamesAndEmployeeIds.Wanted;
import io.muster.user.provisioning.RowRules;
import io.muster.user.provisioning.happened.Differences;
import io.muster.user.provisioning.happened.Usually;
import io.muster.user.provisioning.signin.FindingAccounts;
import io.muster.user.provisioning.signin.FindingAccounts.Key;
import io.muster.user.provisioning.signin.FoundAccount;
import io.muster.user.provisioning.signin.Rights;
import io.muster.user.provisioning.tryout.Shadows;
import io.muster.user.provisioning.tryout.Shadows.Shadow;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Operation {@code set}: changes properties. What a row leaves empty stays, {@code -} clears; a
 * user principal name never changes.
 */
@ApplicationScoped
public class SettingProperties {
  private final DataSource dataSource;
  private final WritingProperties writing;

  SettingProperties(DataSource dataSource, WritingProperties writing) {
    this.dataSource = dataSource;
    this.writing = writing;
  }

  /**
   * @param commands no two for one user or one employee id
   * @return one for each command, in the same order
   */
  public List<Effect> apply(List<UserCommand> commands) throws SQLException {
    Map<UserCommand, Effect> effects = new IdentityHashMap<>(commands.size());
    List<WritingProperties.Change> changes = new ArrayList<>();
    List<Shadow> shadows = new ArrayList<>();
    try (Connection connection = dataSource.getConnection()) {
      Map<UserCommand, FoundAccount> found = FindingAccounts.byName(connection, commands);
      Shadows.layOver(connection, commands, found);
      Map<Key, PropertySet> properties =
          FindingProperties.byId(
              connection,
              found.entrySet().stream()
                  .filter(e -> !e.getKey().dryRun())
                  .map(e -> key(e.getValue()))
                  .toList());
      Map<UserCommand, Taken> taken =
          NamesAndEmployeeIds.taken(
              connection,
              commands.stream().map(Wanted::of).filter(w -> w.employeeId() != null).toList());
      for (UserCommand command : commands) {
        FoundAccount account = found.get(command);
        Optional<Outcome> refusal =
            refusal(command, account, taken.getOrDefault(command, Taken.NOTHING));
        if (refusal.isPresent()) {
          effects.put(
              command, Effect.refused(refusal.get(), account == null ? null : account.id()));
        } else if (command.dryRun()) {
          shadows.add(new Shadow(command, PropertySet.wouldBe(account, command)));
          effects.put(command, Effect.changed(account.id(), null, null));
        } else {
          PropertySet before = properties.get(key(account));
          if (before == null) {
            throw new SQLTransientException("an account went between two looks", "40001");
          }
          PropertySet after = before.changedBy(command);
          changes.add(new WritingProperties.Change(key(account), before, after));
          effects.put(
              command,
              Effect.changed(account.id(), before, after)
                  .telling(Usually.unless(command, Differences.of(before, after))));
        }
      }
      writing.write(connection, changes);
      Shadows.put(connection, shadows);
    }
    return commands.stream().map(effects::get).toList();
  }

  private static Optional<Outcome> refusal(UserCommand command, FoundAccount account, Taken taken) {
    return Rights.refuse(command.actor(), Operation.SET)
        .or(() -> RowRules.refuseSet(command))
        .or(() -> Rights.refuseUnlessInUse(command.actor(), Operation.SET, account))
        .or(
            () ->
                Rights.isOlder(command.stamp(), account.propertiesStamp())
                    ? Optional.of(Outcome.rejected(RowCode.SUPERSEDED))
                    : Optional.empty())
        .or(
            () ->
                taken.employeeId()
                    ? Optional.of(NamesAndEmployeeIds.EMPLOYEE_ID_TAKEN)
                    : Optional.empty());
  }

  private static Key key(FoundAccount account) {
    return new Key(account.tenant(), account.id());
  }
}

package io.muster.user.provisioning.enabling;

import io.muster.contracts.command.Operation;
import io.muster.contracts.command.UserCommand;
import io.muster.contracts.result.PartOutcome;
import io.muster.contracts.result.RowCode;
import io.muster.inbox.Outcome;
import io.muster.user.provisioning.Effect;
import io.muster.user.provisioning.NamesAndEmployeeIds;
import io.muster.user.provisioning.NamesAndEmployeeIds.Taken;
import io.muster.user.provisioning.NamesAndEmployeeIds.Wanted;
import io.muster.user.provisioning.adding.AddingAccounts;
import io.muster.user.provisioning.changing.FindingProperties;
import io.muster.user.provisioning.changing.PropertySet;
import io.muster.user.provisioning.changing.WritingProperties;
import io.muster.user.provisioning.happened.Differences;
import io.muster.user.provisioning.happened.Usually;
import io.muster.user.provisioning.kept.KeptImage;
import io.muster.user.provisioning.signin.ChangingSignIns;
import io.muster.user.provisioning.signin.ChangingSignIns.Changed;
import io.muster.user.provisioning.signin.Decision;
import io.muster.user.provisioning.signin.FindingAccounts;
import io.muster.user.provisioning.signin.FindingAccounts.Key;
import io.muster.user.provisioning.signin.FoundAccount;
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
 * Operation {@code enable} of a row that may make its account: HR's hires. Where there is none it
 * is made, active; where there is one it is activated and gets the row's properties. A few
 * statements for all rows. Why a row meets an employee's account under its own name only: {@code
 * docs/decisions/0027-accounts-that-an-enable-makes.md}.
 */
@ApplicationScoped
public class EnablingOrMaking {
  private final DataSource dataSource;
  private final EnablingAccounts enabling;
  private final AddingAccounts adding;
  private final ChangingSignIns changingSignIns;
  private final WritingProperties writingProperties;

  EnablingOrMaking(
      DataSource dataSource,
      EnablingAccounts enabling,
      AddingAccounts adding,
      ChangingSignIns changingSignIns,
      WritingProperties writingProperties) {
    this.dataSource = dataSource;
    this.enabling = enabling;
    this.adding = adding;
    this.changingSignIns = changingSignIns;
    this.writingProperties = writingProperties;
  }

  private record Met(UserCommand command, FoundAccount account, Decision decision) {
    Key key() {
      return new Key(account.tenant(), account.id());
    }
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
    List<UserCommand> toMake = new ArrayList<>();
    List<Met> toChange = new ArrayList<>();
    try (Connection connection = dataSource.getConnection()) {
      Map<UserCommand, FoundAccount> byName = FindingAccounts.byName(connection, commands);
      Shadows.layOver(connection, commands, byName);
      Map<UserCommand, Taken> employees =
          NamesAndEmployeeIds.taken(
              connection,
              commands.stream().map(Wanted::of).filter(w -> w.employeeId() != null).toList());
      for (UserCommand command : commands) {
        FoundAccount account = byName.get(command);
        Optional<Outcome> refusal =
            JudgingHires.refuse(
                command, account, employees.getOrDefault(command, Taken.NOTHING).employee());
        if (refusal.isPresent()) {
          effects.put(
              command, Effect.refused(refusal.get(), account == null ? null : account.id()));
        } else if (account == null || account.isRemoved()) {
          toMake.add(command);
        } else {
          Decision decision = enabling.decide(command, account, passwords.get(command));
          if (decision.refusal() != null) {
            effects.put(command, Effect.refused(decision.refusal(), account.id()));
          } else {
            toChange.add(new Met(command, account, decision));
          }
        }
      }
      change(connection, toChange, effects);
    }
    make(toMake, passwords, effects);
    return commands.stream().map(effects::get).toList();
  }

  private void change(Connection connection, List<Met> met, Map<UserCommand, Effect> effects)
      throws SQLException {
    List<Met> real = met.stream().filter(m -> !m.command().dryRun()).toList();
    Map<Key, PropertySet> properties =
        FindingProperties.byId(connection, real.stream().map(Met::key).toList());
    List<WritingProperties.Change> changes = new ArrayList<>();
    for (Met each : real) {
      PropertySet before = properties.get(each.key());
      if (before == null) {
        throw new SQLTransientException("an account went between two looks", "40001");
      }
      PropertySet after = before.changedBy(each.command());
      changes.add(new WritingProperties.Change(each.key(), before, after));
      effects.put(
          each.command(),
          Effect.changed(
                  each.account().id(),
                  new KeptImage(each.account().signIn(), before),
                  new KeptImage(each.decision().after(), after))
              .telling(
                  Usually.unless(
                      each.command(),
                      Differences.of(
                          each.account().signIn(), each.decision().after(), before, after))));
    }
    changingSignIns.write(
        connection,
        real.stream()
            .map(
                m ->
                    new Changed(
                        m.command(), m.account(), m.decision().after(), m.decision().credential()))
            .toList());
    writingProperties.write(connection, changes);
    List<Shadow> shadows = new ArrayList<>();
    for (Met each : met) {
      if (each.command().dryRun()) {
        shadows.add(
            new Shadow(
                each.command(),
                PropertySet.wouldBe(each.account(), each.command())
                    .signingIn(each.decision().after())));
        effects.put(each.command(), Effect.changed(each.account().id(), null, null));
      }
    }
    Shadows.put(connection, shadows);
  }

  /** Whoever was in the way of a new account came between two statements: the batch starts over. */
  private void make(
      List<UserCommand> commands,
      Map<UserCommand, PreparedPassword> passwords,
      Map<UserCommand, Effect> effects)
      throws SQLException {
    if (commands.isEmpty()) {
      return;
    }
    Map<UserCommand, PreparedPassword> theirs = new IdentityHashMap<>();
    List<UserCommand> adds = new ArrayList<>();
    for (UserCommand command : commands) {
      UserCommand add = MadeAccounts.adding(command);
      adds.add(add);
      if (passwords.containsKey(command)) {
        theirs.put(add, passwords.get(command));
      }
    }
    List<Effect> made = adding.apply(adds, theirs);
    for (int i = 0; i < made.size(); i++) {
      Effect effect = made.get(i);
      boolean met =
          effect.outcome().code() == RowCode.USER_ALREADY_EXISTS
              || effect.outcome().equals(NamesAndEmployeeIds.EMPLOYEE_ID_TAKEN);
      if (met && !adds.get(i).dryRun()) {
        throw new SQLTransientException("an account came between two looks", "40001");
      }
      effects.put(
          commands.get(i),
          effect.outcome().part() == PartOutcome.APPLIED
              ? new Effect(
                  MadeAccounts.MADE, effect.accountId(), null, effect.after(), Operation.ADD)
              : effect);
    }
  }
}

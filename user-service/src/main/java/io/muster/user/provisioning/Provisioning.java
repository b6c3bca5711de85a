package io.muster.user.provisioning;

import io.muster.contracts.command.Operation;
import io.muster.contracts.command.UserCommand;
import io.muster.contracts.result.RowCode;
import io.muster.inbox.CommandHandler;
import io.muster.inbox.Outcome;
import io.muster.user.audit.Change;
import io.muster.user.audit.ChangeLog;
import io.muster.user.provisioning.enabling.EnablingAccounts;
import io.muster.user.provisioning.enabling.PreparedPassword;
import io.muster.user.provisioning.enabling.PreparingPasswords;
import io.muster.user.provisioning.undoing.UndoingChanges;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Hands a round's commands to the use case of their operation, and keeps what was changed or
 * refused. No two commands of a round touch the same account, so operations may go one after the
 * other.
 */
@ApplicationScoped
public class Provisioning implements CommandHandler<UserCommand> {
  private static final Outcome NOT_YET =
      Outcome.rejected(RowCode.OPERATION_NOT_ALLOWED, "This operation is not yet available.");

  private final AddingAccounts addingAccounts;
  private final EnablingAccounts enablingAccounts;
  private final UndoingChanges undoingChanges;
  private final PreparingPasswords preparingPasswords;
  private final ChangeLog changes;

  Provisioning(
      AddingAccounts addingAccounts,
      EnablingAccounts enablingAccounts,
      UndoingChanges undoingChanges,
      PreparingPasswords preparingPasswords,
      ChangeLog changes) {
    this.addingAccounts = addingAccounts;
    this.enablingAccounts = enablingAccounts;
    this.undoingChanges = undoingChanges;
    this.preparingPasswords = preparingPasswords;
    this.changes = changes;
  }

  @Override
  public boolean needsPreparing(UserCommand command) {
    return PreparingPasswords.takesLong(command);
  }

  @Override
  public int preparedAtOnce() {
    return preparingPasswords.atOnce();
  }

  @Override
  public CommandHandler<UserCommand> prepared(List<UserCommand> commands) {
    Map<UserCommand, PreparedPassword> passwords = preparingPasswords.prepare(commands);
    return round -> apply(round, passwords);
  }

  @Override
  public List<Outcome> apply(List<UserCommand> round) throws SQLException {
    return apply(round, Map.of());
  }

  private List<Outcome> apply(List<UserCommand> round, Map<UserCommand, PreparedPassword> prepared)
      throws SQLException {
    Map<UserCommand, PreparedPassword> passwords = complete(round, prepared);
    Map<Operation, List<Integer>> byOperation = new LinkedHashMap<>();
    for (int i = 0; i < round.size(); i++) {
      Operation operation = round.get(i).undoes() == null ? round.get(i).operation() : null;
      byOperation.computeIfAbsent(operation, o -> new ArrayList<>()).add(i);
    }
    Effect[] effects = new Effect[round.size()];
    for (Map.Entry<Operation, List<Integer>> part : byOperation.entrySet()) {
      List<UserCommand> commands = part.getValue().stream().map(round::get).toList();
      List<Effect> done =
          part.getKey() == null
              ? undoingChanges.apply(commands)
              : apply(part.getKey(), commands, passwords);
      for (int i = 0; i < done.size(); i++) {
        effects[part.getValue().get(i)] = done.get(i);
      }
    }
    record(round, effects);
    return Arrays.stream(effects).map(Effect::outcome).toList();
  }

  /**
   * Given hashes, which take no time; and what was seen before when passwords were prepared may be
   * gone when the transaction begins: the database is another one now. A password is never left out
   * for it.
   */
  private Map<UserCommand, PreparedPassword> complete(
      List<UserCommand> round, Map<UserCommand, PreparedPassword> prepared) {
    List<UserCommand> missing =
        round.stream()
            .filter(c -> PreparingPasswords.isGivenWith(c) && !prepared.containsKey(c))
            .toList();
    if (missing.isEmpty()) {
      return prepared;
    }
    Map<UserCommand, PreparedPassword> all = new IdentityHashMap<>(prepared);
    all.putAll(preparingPasswords.prepare(missing));
    return all;
  }

  private List<Effect> apply(
      Operation operation, List<UserCommand> commands, Map<UserCommand, PreparedPassword> passwords)
      throws SQLException {
    return switch (operation) {
      case ADD -> addingAccounts.apply(commands, passwords);
      case ENABLE -> enablingAccounts.apply(commands, passwords);
      default -> commands.stream().map(command -> Effect.refused(NOT_YET)).toList();
    };
  }

  /** A dry run leaves no trace: it was no attempt. */
  private void record(List<UserCommand> round, Effect[] effects) throws SQLException {
    List<Change> made = new ArrayList<>(effects.length);
    for (int i = 0; i < effects.length; i++) {
      UserCommand command = round.get(i);
      if (!command.dryRun()) {
        Effect effect = effects[i];
        made.add(
            new Change(
                command,
                effect.accountId(),
                effect.outcome().code(),
                effect.before(),
                effect.after()));
      }
    }
    changes.append(made);
  }
}

package io.muster.user.provisioning;

import io.muster.contracts.command.Operation;
import io.muster.contracts.command.UserCommand;
import io.muster.inbox.CommandHandler;
import io.muster.inbox.Outcome;
import io.muster.inbox.Preparation;
import io.muster.user.audit.Change;
import io.muster.user.audit.ChangeLog;
import io.muster.user.provisioning.enabling.PreparedPassword;
import io.muster.user.provisioning.enabling.PreparingPasswords;
import io.muster.user.provisioning.reverting.TakingRowsBack;
import io.muster.user.provisioning.tryout.UndoingTries;
import io.muster.user.provisioning.undoing.UndoingChanges;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Hands a round's commands to the use case of their operation, and keeps what was changed or
 * refused. No two commands of a round touch the same account, so operations may go one after the
 * other.
 */
@ApplicationScoped
public class Provisioning implements CommandHandler<UserCommand> {
  private final Operations operations;
  private final UndoingChanges undoingChanges;
  private final UndoingTries undoingTries;
  private final TakingRowsBack takingRowsBack;
  private final PreparingPasswords preparingPasswords;
  private final HiddenEmployeeIds hiddenEmployeeIds;
  private final ChangeLog changes;

  Provisioning(
      Operations operations,
      UndoingChanges undoingChanges,
      UndoingTries undoingTries,
      TakingRowsBack takingRowsBack,
      PreparingPasswords preparingPasswords,
      HiddenEmployeeIds hiddenEmployeeIds,
      ChangeLog changes) {
    this.operations = operations;
    this.undoingChanges = undoingChanges;
    this.undoingTries = undoingTries;
    this.takingRowsBack = takingRowsBack;
    this.preparingPasswords = preparingPasswords;
    this.hiddenEmployeeIds = hiddenEmployeeIds;
    this.changes = changes;
  }

  private enum Kind {
    DO,
    UNDO,
    UNDO_TRY,
    TAKE_BACK
  }

  /**
   * What is done together.
   *
   * @param operation null unless it is done
   */
  private record Work(Kind kind, Operation operation) {
    private static final Work UNDO = new Work(Kind.UNDO, null);
    private static final Work UNDO_TRY = new Work(Kind.UNDO_TRY, null);
    private static final Work TAKE_BACK = new Work(Kind.TAKE_BACK, null);

    static Work of(UserCommand command) {
      if (command.undoes() != null) {
        return command.dryRun() ? UNDO_TRY : UNDO;
      }
      return command.reverts() != null ? TAKE_BACK : new Work(Kind.DO, command.operation());
    }
  }

  @Override
  public List<Collection<?>> hiddenContentionKeys(List<UserCommand> batch) throws SQLException {
    return hiddenEmployeeIds.of(batch);
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
  public Preparation<UserCommand> preparing(List<UserCommand> commands) {
    PreparingPasswords.Begun begun = preparingPasswords.begin(commands);
    return new Preparation<>() {
      @Override
      public CompletionStage<Void> ready() {
        return begun.ready();
      }

      @Override
      public CommandHandler<UserCommand> handler() {
        return with(begun.passwords());
      }

      @Override
      public void close() {
        begun.close();
      }
    };
  }

  private CommandHandler<UserCommand> with(Map<UserCommand, PreparedPassword> passwords) {
    return new CommandHandler<>() {
      @Override
      public List<Outcome> apply(List<UserCommand> round) throws SQLException {
        return Provisioning.this.apply(round, passwords);
      }

      @Override
      public List<Collection<?>> hiddenContentionKeys(List<UserCommand> batch) throws SQLException {
        return Provisioning.this.hiddenContentionKeys(batch);
      }
    };
  }

  @Override
  public List<Outcome> apply(List<UserCommand> round) throws SQLException {
    return apply(round, Map.of());
  }

  private List<Outcome> apply(List<UserCommand> round, Map<UserCommand, PreparedPassword> prepared)
      throws SQLException {
    Map<UserCommand, PreparedPassword> passwords = complete(round, prepared);
    Map<Work, List<Integer>> byWork = new LinkedHashMap<>();
    for (int i = 0; i < round.size(); i++) {
      byWork.computeIfAbsent(Work.of(round.get(i)), w -> new ArrayList<>()).add(i);
    }
    Effect[] effects = new Effect[round.size()];
    for (Map.Entry<Work, List<Integer>> part : byWork.entrySet()) {
      List<UserCommand> commands = part.getValue().stream().map(round::get).toList();
      List<Effect> done =
          switch (part.getKey().kind()) {
            case UNDO -> undoingChanges.apply(commands);
            case UNDO_TRY -> undoingTries.apply(commands);
            case TAKE_BACK -> takingRowsBack.apply(commands);
            case DO -> operations.apply(part.getKey().operation(), commands, passwords);
          };
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
                effect.operation() == null ? command.operation() : effect.operation(),
                effect.accountId(),
                effect.outcome().code(),
                effect.before(),
                effect.after()));
      }
    }
    changes.append(made);
  }
}

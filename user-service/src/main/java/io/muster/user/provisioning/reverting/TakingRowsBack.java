package io.muster.user.provisioning.reverting;

import io.muster.contracts.command.Operation;
import io.muster.contracts.command.Stamp;
import io.muster.contracts.command.UserCommand;
import io.muster.inbox.Outcome;
import io.muster.user.provisioning.Effect;
import io.muster.user.provisioning.changing.FindingProperties;
import io.muster.user.provisioning.changing.PropertySet;
import io.muster.user.provisioning.happened.Usually;
import io.muster.user.provisioning.kept.FindingWhoseItIs;
import io.muster.user.provisioning.kept.KeptChange;
import io.muster.user.provisioning.kept.KeptChanges;
import io.muster.user.provisioning.kept.RestoringImages;
import io.muster.user.provisioning.signin.FindingAccounts;
import io.muster.user.provisioning.signin.FindingAccounts.Key;
import io.muster.user.provisioning.signin.FoundAccount;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Rows of undo jobs: what a row of an earlier job did is taken back, as a new intention with a
 * stamp of its own. As a whole, or not at all: when something newer has changed what the row set,
 * or the row replaced a credential, nothing happens. Why so: {@code
 * docs/decisions/0017-taking-rows-back.md}.
 */
@ApplicationScoped
public class TakingRowsBack {
  private final DataSource dataSource;
  private final KeptChanges kept;
  private final FindingWhoseItIs findingWhoseItIs;
  private final RestoringImages restoring;
  private final WritingReversals writing;

  TakingRowsBack(
      DataSource dataSource,
      KeptChanges kept,
      FindingWhoseItIs findingWhoseItIs,
      RestoringImages restoring,
      WritingReversals writing) {
    this.dataSource = dataSource;
    this.kept = kept;
    this.findingWhoseItIs = findingWhoseItIs;
    this.restoring = restoring;
    this.writing = writing;
  }

  /**
   * @param commands each with what it reverts; no two for one user
   * @return one for each, in the same order
   */
  public List<Effect> apply(List<UserCommand> commands) throws SQLException {
    Map<UserCommand, Effect> effects = new IdentityHashMap<>(commands.size());
    try (Connection connection = dataSource.getConnection()) {
      List<Reversal> open = new ArrayList<>();
      for (Reversal row : find(connection, commands)) {
        Optional<Outcome> refusal = JudgingReversals.refuse(row);
        if (refusal.isPresent()) {
          refuse(effects, row, refusal.get());
        } else if (row.change().undone() || row.change().reverted()) {
          Outcome already = TakenBack.already(row.change().stamp());
          effects.put(
              row.command(),
              new Effect(already, row.change().accountId(), null, null, row.change().operation()));
        } else {
          open.add(row);
        }
      }
      List<Reversal> toWrite = judge(connection, open, effects);
      writing.write(connection, toWrite);
      for (Reversal row : toWrite) {
        effects.put(
            row.command(),
            new Effect(
                outcome(row).telling(Usually.unless(row.command(), row.happened())),
                row.account().id(),
                row.imageBefore(),
                row.imageAfter(),
                row.change().operation()));
      }
    }
    return commands.stream().map(effects::get).toList();
  }

  private List<Reversal> find(Connection connection, List<UserCommand> commands)
      throws SQLException {
    Map<UserCommand, KeptChange> changes = kept.find(connection, commands, UserCommand::reverts);
    List<Key> keys =
        changes.entrySet().stream().map(e -> key(e.getKey(), e.getValue())).distinct().toList();
    Map<Key, FoundAccount> accounts = FindingAccounts.byId(connection, keys);
    Map<Key, PropertySet> properties =
        FindingProperties.byId(
            connection,
            changes.entrySet().stream()
                .filter(e -> isAboutProperties(e.getValue()))
                .map(e -> key(e.getKey(), e.getValue()))
                .distinct()
                .toList());
    List<Reversal> rows = new ArrayList<>();
    for (UserCommand command : commands) {
      KeptChange change = changes.get(command);
      Key key = change == null ? null : key(command, change);
      rows.add(new Reversal(command, change, accounts.get(key), properties.get(key)));
    }
    return rows;
  }

  /**
   * @return those that are undone
   */
  private List<Reversal> judge(
      Connection connection, List<Reversal> rows, Map<UserCommand, Effect> effects)
      throws SQLException {
    findingWhoseItIs.answer(
        connection,
        rows.stream()
            .filter(r -> r.account() != null)
            .flatMap(r -> r.questions().stream())
            .toList());
    List<Reversal> mine = new ArrayList<>();
    for (Reversal row : rows) {
      Optional<Outcome> refusal = JudgingReversals.refuseNow(row);
      if (refusal.isPresent()) {
        refuse(effects, row, refusal.get());
      } else {
        mine.add(row);
      }
    }
    restoring.follow(connection, mine.stream().flatMap(r -> r.wanted().stream()).toList());
    Map<UserCommand, Outcome> taken = JudgingReversals.refuseTaken(connection, mine);
    mine.stream()
        .filter(r -> taken.containsKey(r.command()))
        .forEach(r -> refuse(effects, r, taken.get(r.command())));
    return mine.stream().filter(r -> !taken.containsKey(r.command())).toList();
  }

  private static Outcome outcome(Reversal row) {
    Stamp stamp = row.change().stamp();
    if (row.deletes()) {
      return TakenBack.gone(stamp);
    }
    boolean removed = row.signInAfter() != null && row.signInAfter().removed();
    return removed ? TakenBack.removed(stamp) : TakenBack.outcome(stamp);
  }

  private static void refuse(Map<UserCommand, Effect> effects, Reversal row, Outcome refusal) {
    effects.put(
        row.command(), Effect.refused(refusal, row.account() == null ? null : row.account().id()));
  }

  private static boolean isAboutProperties(KeptChange change) {
    return change.operation() == Operation.ADD || change.before().properties() != null;
  }

  private static Key key(UserCommand command, KeptChange change) {
    return new Key(command.tenant(), change.accountId());
  }
}

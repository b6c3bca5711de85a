package io.muster.user.provisioning.undoing;

import io.muster.contracts.command.Operation;
import io.muster.contracts.command.Part;
import io.muster.contracts.command.UserCommand;
import io.muster.contracts.result.RowCode;
import io.muster.inbox.Outcome;
import io.muster.user.password.Handout;
import io.muster.user.password.Handouts;
import io.muster.user.provisioning.Effect;
import io.muster.user.provisioning.changing.FindingProperties;
import io.muster.user.provisioning.changing.PropertySet;
import io.muster.user.provisioning.happened.Usually;
import io.muster.user.provisioning.kept.KeptChange;
import io.muster.user.provisioning.kept.KeptChanges;
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
import javax.sql.DataSource;

/**
 * Undoes rows whose other part was refused, rows of undo jobs among them. What still is as the row
 * left it is brought back as the row found it, with its stamp; what somebody newer has set or
 * confirmed is left alone.
 */
@ApplicationScoped
public class UndoingChanges {
  private static final Outcome NOT_UNDOABLE = Outcome.rejected(RowCode.NOT_UNDOABLE);

  private final DataSource dataSource;
  private final KeptChanges kept;
  private final BringingBack bringingBack;
  private final Handouts handouts;

  UndoingChanges(
      DataSource dataSource, KeptChanges kept, BringingBack bringingBack, Handouts handouts) {
    this.dataSource = dataSource;
    this.kept = kept;
    this.bringingBack = bringingBack;
    this.handouts = handouts;
  }

  /**
   * @param undos of commands that were applied; no two for one user
   * @return one for each, in the same order
   */
  public List<Effect> apply(List<UserCommand> undos) throws SQLException {
    Map<UserCommand, Effect> effects = new IdentityHashMap<>(undos.size());
    try (Connection connection = dataSource.getConnection()) {
      Map<UserCommand, KeptChange> changes = kept.find(connection, undos, UserCommand::undoes);
      Map<Key, FoundAccount> accounts =
          FindingAccounts.byId(
              connection,
              changes.entrySet().stream()
                  .map(e -> new Key(e.getKey().tenant(), e.getValue().accountId()))
                  .distinct()
                  .toList());
      Map<Key, PropertySet> properties =
          FindingProperties.byId(
              connection,
              changes.entrySet().stream()
                  .filter(e -> e.getValue().before().properties() != null)
                  .map(e -> new Key(e.getKey().tenant(), e.getValue().accountId()))
                  .distinct()
                  .toList());
      List<Undo> toRestore = new ArrayList<>();
      List<UserCommand> toMark = new ArrayList<>();
      List<KeptChanges.Mark> countAgain = new ArrayList<>();
      for (UserCommand undo : undos) {
        KeptChange change = changes.get(undo);
        if (change == null || change.undone()) {
          effects.put(undo, Effect.undone(operation(change), null, null, null));
          continue;
        }
        if (isForGood(undo, change)) {
          effects.put(undo, Effect.refused(NOT_UNDOABLE, change.accountId()));
          continue;
        }
        toMark.add(undo);
        if (change.reverts() != null) {
          countAgain.add(new KeptChanges.Mark(undo.tenant(), change.reverts(), true));
        }
        FoundAccount account = accounts.get(new Key(undo.tenant(), change.accountId()));
        if (account == null || change.before().signIn() == null) {
          effects.put(undo, Effect.undone(change.operation(), change.accountId(), null, null));
        } else {
          toRestore.add(
              new Undo(
                  undo, change, account, properties.get(new Key(undo.tenant(), account.id()))));
        }
      }
      kept.markUndone(connection, toMark);
      kept.markReverted(connection, countAgain);
      bringingBack.apply(connection, toRestore);
      handouts.shred(
          connection, toMark.stream().map(u -> new Handout.Of(u.tenant(), u.undoes())).toList());
      for (Undo undo : toRestore) {
        effects.put(
            undo.command(),
            Effect.undone(
                    undo.change().operation(),
                    undo.account().id(),
                    undo.imageBefore(),
                    undo.imageAfter())
                .telling(Usually.unless(undo.command(), WhatIsUndone.by(undo))));
      }
    }
    return undos.stream().map(effects::get).toList();
  }

  /** Only a row with seats can be refused elsewhere. */
  private static boolean isForGood(UserCommand undo, KeptChange change) {
    boolean aboutMoreThanSignIns =
        change.operation() == Operation.ADD || change.before().properties() != null;
    return aboutMoreThanSignIns
        && (change.reverts() != null || !undo.parts().contains(Part.LICENSE));
  }

  private static Operation operation(KeptChange change) {
    return change == null ? null : change.operation();
  }
}

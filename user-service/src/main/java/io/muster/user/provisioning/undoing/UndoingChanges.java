package io.muster.user.provisioning.undoing;

import io.muster.contracts.command.Operation;
import io.muster.contracts.command.UserCommand;
import io.muster.contracts.result.RowCode;
import io.muster.inbox.Outcome;
import io.muster.user.password.CredentialVersions;
import io.muster.user.password.Handout;
import io.muster.user.password.Handouts;
import io.muster.user.provisioning.Effect;
import io.muster.user.provisioning.enabling.FindingAccounts;
import io.muster.user.provisioning.enabling.FoundAccount;
import io.muster.user.provisioning.enabling.SignIn;
import io.muster.user.provisioning.enabling.WritingSignIns;
import io.muster.user.provisioning.undoing.RestoringImages.Wanted;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;

/**
 * Undoes rows whose other part was refused. What still bears the row's stamp is brought back as the
 * row found it, with its stamp; what somebody newer has set or confirmed is left alone.
 */
@ApplicationScoped
public class UndoingChanges {
  private static final Outcome NOT_UNDOABLE = Outcome.rejected(RowCode.NOT_UNDOABLE);

  private final DataSource dataSource;
  private final KeptChanges kept;
  private final RestoringImages restoring;
  private final WritingSignIns writing;
  private final CredentialVersions versions;
  private final Handouts handouts;

  UndoingChanges(
      DataSource dataSource,
      KeptChanges kept,
      RestoringImages restoring,
      WritingSignIns writing,
      CredentialVersions versions,
      Handouts handouts) {
    this.dataSource = dataSource;
    this.kept = kept;
    this.restoring = restoring;
    this.writing = writing;
    this.versions = versions;
    this.handouts = handouts;
  }

  /** An account of the batch; what isn't wanted back stays as it is. */
  private record Undo(UserCommand command, FoundAccount account, Wanted state, Wanted credential) {
    SignIn after() {
      SignIn now = account.signIn();
      if (state != null) {
        now = now.withState(state.image().state(), state.image().stateStamp());
      }
      return credential == null ? now : now.withCredentialOf(credential.image());
    }
  }

  /**
   * @param undos of commands that were applied; no two for one user
   * @return one for each, in the same order
   */
  public List<Effect> apply(List<UserCommand> undos) throws SQLException {
    Map<UserCommand, Effect> effects = new IdentityHashMap<>(undos.size());
    try (Connection connection = dataSource.getConnection()) {
      Map<UserCommand, KeptChange> changes = kept.undoneBy(connection, undos);
      Map<FindingAccounts.Key, FoundAccount> accounts =
          FindingAccounts.byId(
              connection,
              changes.entrySet().stream()
                  .map(e -> new FindingAccounts.Key(e.getKey().tenant(), e.getValue().accountId()))
                  .distinct()
                  .toList());
      List<Undo> toRestore = new ArrayList<>();
      List<UserCommand> toMark = new ArrayList<>();
      for (UserCommand undo : undos) {
        KeptChange change = changes.get(undo);
        if (change == null || change.undone()) {
          effects.put(undo, Effect.undone(null, null, null));
        } else if (change.operation() != Operation.ENABLE) {
          effects.put(undo, Effect.refused(NOT_UNDOABLE, change.accountId()));
        } else {
          toMark.add(undo);
          FoundAccount account =
              accounts.get(new FindingAccounts.Key(undo.tenant(), change.accountId()));
          if (account == null) {
            effects.put(undo, Effect.undone(change.accountId(), null, null));
          } else {
            toRestore.add(undo(undo, change, account));
          }
        }
      }
      kept.mark(connection, toMark);
      restore(connection, toRestore);
      handouts.shred(
          connection, toMark.stream().map(u -> new Handout.Of(u.tenant(), u.undoes())).toList());
      for (Undo undo : toRestore) {
        effects.put(
            undo.command(),
            Effect.undone(undo.account().id(), undo.account().signIn(), undo.after()));
      }
    }
    return undos.stream().map(effects::get).toList();
  }

  private static Undo undo(UserCommand command, KeptChange change, FoundAccount account) {
    SignIn now = account.signIn();
    boolean stateIsMine = now.stateStamp().equals(change.stamp());
    boolean credentialIsMine = now.credentialStamp().equals(change.stamp());
    return new Undo(
        command,
        account,
        stateIsMine ? Wanted.state(command.tenant(), change.before()) : null,
        credentialIsMine ? Wanted.credential(command.tenant(), change.before()) : null);
  }

  private void restore(Connection connection, List<Undo> undos) throws SQLException {
    List<Wanted> wanted = new ArrayList<>();
    for (Undo undo : undos) {
      if (undo.state() != null) {
        wanted.add(undo.state());
      }
      if (undo.credential() != null) {
        wanted.add(undo.credential());
      }
    }
    restoring.follow(connection, wanted);
    writing.write(
        connection,
        undos.stream().map(u -> new WritingSignIns.Change(u.account(), u.after())).toList());
    List<CredentialVersions.Key> left = new ArrayList<>();
    List<CredentialVersions.Key> back = new ArrayList<>();
    for (Undo undo : undos) {
      var now = undo.account().signIn().credentialId();
      var then = undo.after().credentialId();
      if (!Objects.equals(now, then)) {
        if (now != null) {
          left.add(new CredentialVersions.Key(undo.command().tenant(), now));
        }
        if (then != null) {
          back.add(new CredentialVersions.Key(undo.command().tenant(), then));
        }
      }
    }
    versions.delete(connection, left);
    versions.reinstate(connection, back);
  }
}

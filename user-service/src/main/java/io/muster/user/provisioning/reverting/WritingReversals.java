package io.muster.user.provisioning.reverting;

import io.muster.contracts.command.Operation;
import io.muster.contracts.command.Part;
import io.muster.user.password.CredentialVersions;
import io.muster.user.password.Handout;
import io.muster.user.password.Handouts;
import io.muster.user.provisioning.changing.WritingProperties;
import io.muster.user.provisioning.kept.KeptChanges;
import io.muster.user.provisioning.kept.KeptChanges.Mark;
import io.muster.user.provisioning.signin.FindingAccounts.Key;
import io.muster.user.provisioning.signin.WritingSignIns;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Writes what undo rows bring back, set-wise, and which changes are taken back by it. */
@ApplicationScoped
class WritingReversals {
  private final WritingSignIns writingSignIns;
  private final WritingProperties writingProperties;
  private final CredentialVersions versions;
  private final Handouts handouts;
  private final KeptChanges kept;

  WritingReversals(
      WritingSignIns writingSignIns,
      WritingProperties writingProperties,
      CredentialVersions versions,
      Handouts handouts,
      KeptChanges kept) {
    this.writingSignIns = writingSignIns;
    this.writingProperties = writingProperties;
    this.versions = versions;
    this.handouts = handouts;
    this.kept = kept;
  }

  void write(Connection connection, List<Reversal> rows) throws SQLException {
    List<Reversal> deleted = rows.stream().filter(Reversal::deletes).toList();
    List<Reversal> restored = rows.stream().filter(r -> !r.deletes()).toList();
    DeletingAccounts.delete(connection, deleted.stream().map(Reversal::account).toList());
    writingSignIns.write(
        connection,
        restored.stream()
            .filter(r -> r.signInAfter() != null)
            .map(r -> new WritingSignIns.Change(r.account(), r.signInAfter()))
            .toList());
    writingProperties.write(
        connection,
        restored.stream()
            .filter(r -> r.propertiesAfter() != null)
            .map(
                r ->
                    new WritingProperties.Change(
                        new Key(r.account().tenant(), r.account().id()),
                        r.properties(),
                        r.propertiesAfter()))
            .toList());
    endCredentials(connection, rows);
    mark(connection, rows);
  }

  /**
   * With the version goes what was to be handed out. Giving back seats, of an enable or of an
   * account that is gone, is never refused; where license-service may still refuse a row, its
   * credential waits a week to be pointed at again.
   */
  private void endCredentials(Connection connection, List<Reversal> rows) throws SQLException {
    List<CredentialVersions.Key> gone = new ArrayList<>();
    List<CredentialVersions.Key> mayComeBack = new ArrayList<>();
    List<Handout.Of> toShred = new ArrayList<>();
    for (Reversal row : rows) {
      var now = row.account().signIn().credentialId();
      boolean ends =
          now != null
              && (row.deletes()
                  || (row.signInAfter() != null && row.signInAfter().credentialId() == null));
      if (ends) {
        boolean mayBeRefused =
            row.command().parts().contains(Part.LICENSE)
                && !row.deletes()
                && row.change().operation() != Operation.ENABLE;
        (mayBeRefused ? mayComeBack : gone)
            .add(new CredentialVersions.Key(row.command().tenant(), now));
        toShred.add(new Handout.Of(row.command().tenant(), row.command().reverts()));
      }
    }
    versions.delete(connection, gone);
    versions.supersede(connection, mayComeBack);
    handouts.shred(connection, toShred);
  }

  /** The undo of an undo row makes what that one took back count again. */
  private void mark(Connection connection, List<Reversal> rows) throws SQLException {
    List<Mark> marks = new ArrayList<>();
    for (Reversal row : rows) {
      marks.add(new Mark(row.command().tenant(), row.command().reverts(), false));
      if (row.change().reverts() != null) {
        marks.add(new Mark(row.command().tenant(), row.change().reverts(), true));
      }
    }
    kept.markReverted(connection, marks);
  }
}

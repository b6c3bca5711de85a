package io.muster.user.provisioning.undoing;

import io.muster.contracts.command.UserCommand;
import io.muster.user.password.CredentialVersions;
import io.muster.user.provisioning.NamesAndEmployeeIds;
import io.muster.user.provisioning.NamesAndEmployeeIds.Taken;
import io.muster.user.provisioning.changing.WritingProperties;
import io.muster.user.provisioning.kept.FindingWhoseItIs;
import io.muster.user.provisioning.kept.FindingWhoseItIs.Question;
import io.muster.user.provisioning.kept.RestoringImages;
import io.muster.user.provisioning.reverting.DeletingAccounts;
import io.muster.user.provisioning.signin.FindingAccounts.Key;
import io.muster.user.provisioning.signin.WritingSignIns;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Brings accounts back to how refused rows found them, as far as those rows' effects are left. */
@ApplicationScoped
class BringingBack {
  private final FindingWhoseItIs findingWhoseItIs;
  private final RestoringImages restoring;
  private final WritingSignIns writing;
  private final WritingProperties writingProperties;
  private final CredentialVersions versions;

  BringingBack(
      FindingWhoseItIs findingWhoseItIs,
      RestoringImages restoring,
      WritingSignIns writing,
      WritingProperties writingProperties,
      CredentialVersions versions) {
    this.findingWhoseItIs = findingWhoseItIs;
    this.restoring = restoring;
    this.writing = writing;
    this.writingProperties = writingProperties;
    this.versions = versions;
  }

  void apply(Connection connection, List<Undo> undos) throws SQLException {
    List<Question> questions = new ArrayList<>();
    undos.forEach(u -> questions.addAll(u.questions()));
    findingWhoseItIs.answer(connection, questions);
    restoring.follow(connection, undos.stream().flatMap(u -> u.wanted().stream()).toList());
    leaveInTheBinWhatIsTaken(connection, undos);
    writing.write(
        connection,
        undos.stream()
            .filter(u -> !u.deletes())
            .map(u -> new WritingSignIns.Change(u.account(), u.after()))
            .toList());
    writingProperties.write(
        connection,
        undos.stream()
            .filter(u -> u.propertiesAfter() != null)
            .map(
                u ->
                    new WritingProperties.Change(
                        new Key(u.account().tenant(), u.account().id()),
                        u.properties(),
                        u.propertiesAfter()))
            .toList());
    DeletingAccounts.delete(
        connection, undos.stream().filter(Undo::deletes).map(Undo::account).toList());
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

  /** An undo is never refused; but two accounts can't have one name. */
  private static void leaveInTheBinWhatIsTaken(Connection connection, List<Undo> undos)
      throws SQLException {
    List<Undo> out = undos.stream().filter(Undo::comesOutOfTheBin).toList();
    Map<UserCommand, Taken> taken =
        NamesAndEmployeeIds.taken(
            connection,
            out.stream()
                .map(u -> new NamesAndEmployeeIds.Wanted(u.command(), u.account().employeeId()))
                .toList());
    for (Undo undo : out) {
      if (!taken.getOrDefault(undo.command(), Taken.NOTHING).equals(Taken.NOTHING)) {
        undo.leaveInTheBin();
      }
    }
  }
}

package io.muster.user.provisioning.undoing;

import io.muster.contracts.command.Stamp;
import io.muster.contracts.command.UserCommand;
import io.muster.user.password.CredentialVersions;
import io.muster.user.provisioning.NamesAndEmployeeIds;
import io.muster.user.provisioning.NamesAndEmployeeIds.Taken;
import io.muster.user.provisioning.kept.Facet;
import io.muster.user.provisioning.kept.FindingWhoseItIs;
import io.muster.user.provisioning.kept.FindingWhoseItIs.Question;
import io.muster.user.provisioning.kept.KeptChange;
import io.muster.user.provisioning.kept.KeptImage;
import io.muster.user.provisioning.kept.RestoringImages;
import io.muster.user.provisioning.kept.RestoringImages.Wanted;
import io.muster.user.provisioning.signin.FoundAccount;
import io.muster.user.provisioning.signin.SignIn;
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
  private final CredentialVersions versions;

  BringingBack(
      FindingWhoseItIs findingWhoseItIs,
      RestoringImages restoring,
      WritingSignIns writing,
      CredentialVersions versions) {
    this.findingWhoseItIs = findingWhoseItIs;
    this.restoring = restoring;
    this.writing = writing;
    this.versions = versions;
  }

  /** A row to be undone; what isn't wanted back stays as it is. */
  static final class Undo {
    private final UserCommand command;
    private final KeptChange change;
    private final FoundAccount account;
    private final Question state;
    private final Question credential;

    /** Whether it was removed by somebody newer, and would come back as this row left it. */
    private final Question inTheBin;

    private Wanted stateBack;
    private Wanted credentialBack;

    Undo(UserCommand command, KeptChange change, FoundAccount account) {
      this.command = command;
      this.change = change;
      this.account = account;
      this.state = question(Facet.STATE);
      this.credential = question(Facet.CREDENTIAL);
      SignIn.Standing from = account.signIn().removedFrom();
      this.inTheBin =
          from == null
              ? null
              : new Question(command.tenant(), Facet.STATE, from.stamp(), change.stamp());
    }

    UserCommand command() {
      return command;
    }

    KeptChange change() {
      return change;
    }

    FoundAccount account() {
      return account;
    }

    private Question question(Facet facet) {
      Stamp now = facet.stampIn(new KeptImage(account.signIn(), null));
      return new Question(command.tenant(), facet, now, change.stamp());
    }

    private List<Question> questions() {
      return inTheBin == null ? List.of(state, credential) : List.of(state, credential, inTheBin);
    }

    private List<Wanted> wanted() {
      List<Wanted> wanted = new ArrayList<>();
      if (state.isMine() || (inTheBin != null && inTheBin.isMine())) {
        stateBack = new Wanted(command.tenant(), Facet.STATE, change.before());
        wanted.add(stateBack);
      }
      if (credential.isMine()) {
        credentialBack = new Wanted(command.tenant(), Facet.CREDENTIAL, change.before());
        wanted.add(credentialBack);
      }
      return wanted;
    }

    private boolean comesOutOfTheBin() {
      return account.isRemoved() && !after().removed();
    }

    SignIn after() {
      SignIn now = account.signIn();
      if (stateBack != null) {
        SignIn then = stateBack.image().signIn();
        if (state.isMine()) {
          now = now.withStateOf(then, stamp(now.stateStamp(), stateBack.stamp()));
        } else if (!then.removed()) {
          Stamp stamp = stamp(now.removedFrom().stamp(), stateBack.stamp());
          now = now.removedFrom(new SignIn.Standing(then.state(), stamp));
        }
      }
      if (credentialBack != null) {
        SignIn then = credentialBack.image().signIn();
        now = now.withCredentialOf(then, stamp(now.credentialStamp(), credentialBack.stamp()));
      }
      return now;
    }

    /** An undo row that brought my effect back keeps its stamp: it is in force, over less. */
    private Stamp stamp(Stamp now, Stamp then) {
      return now.equals(change.stamp()) ? then : now;
    }
  }

  void apply(Connection connection, List<Undo> undos) throws SQLException {
    List<Question> questions = new ArrayList<>();
    undos.forEach(u -> questions.addAll(u.questions()));
    findingWhoseItIs.answer(connection, questions);
    restoring.follow(connection, undos.stream().flatMap(u -> u.wanted().stream()).toList());
    leaveInTheBinWhatIsTaken(connection, undos);
    writing.write(
        connection,
        undos.stream().map(u -> new WritingSignIns.Change(u.account, u.after())).toList());
    List<CredentialVersions.Key> left = new ArrayList<>();
    List<CredentialVersions.Key> back = new ArrayList<>();
    for (Undo undo : undos) {
      var now = undo.account.signIn().credentialId();
      var then = undo.after().credentialId();
      if (!Objects.equals(now, then)) {
        if (now != null) {
          left.add(new CredentialVersions.Key(undo.command.tenant(), now));
        }
        if (then != null) {
          back.add(new CredentialVersions.Key(undo.command.tenant(), then));
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
                .map(u -> new NamesAndEmployeeIds.Wanted(u.command, u.account.employeeId()))
                .toList());
    for (Undo undo : out) {
      if (!taken.getOrDefault(undo.command, Taken.NOTHING).equals(Taken.NOTHING)) {
        undo.stateBack = null;
      }
    }
  }
}

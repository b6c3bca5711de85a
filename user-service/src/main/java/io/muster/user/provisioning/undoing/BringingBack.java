package io.muster.user.provisioning.undoing;

import io.muster.contracts.command.Operation;
import io.muster.contracts.command.Stamp;
import io.muster.contracts.command.UserCommand;
import io.muster.user.password.CredentialVersions;
import io.muster.user.provisioning.NamesAndEmployeeIds;
import io.muster.user.provisioning.NamesAndEmployeeIds.Taken;
import io.muster.user.provisioning.changing.PropertySet;
import io.muster.user.provisioning.changing.WritingProperties;
import io.muster.user.provisioning.kept.Facet;
import io.muster.user.provisioning.kept.FindingWhoseItIs;
import io.muster.user.provisioning.kept.FindingWhoseItIs.Question;
import io.muster.user.provisioning.kept.KeptChange;
import io.muster.user.provisioning.kept.KeptImage;
import io.muster.user.provisioning.kept.RestoringImages;
import io.muster.user.provisioning.kept.RestoringImages.Wanted;
import io.muster.user.provisioning.reverting.DeletingAccounts;
import io.muster.user.provisioning.signin.FindingAccounts.Key;
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

  /** A row to be undone; what isn't wanted back stays as it is. */
  static final class Undo {
    private final UserCommand command;
    private final KeptChange change;
    private final FoundAccount account;
    private final Question state;
    private final Question credential;

    /** Whether it was removed by somebody newer, and would come back as this row left it. */
    private final Question inTheBin;

    private final PropertySet properties;
    private final Question ofProperties;
    private Wanted stateBack;
    private Wanted credentialBack;
    private Wanted propertiesBack;

    /**
     * @param properties as they are now; null where the row wasn't about them
     */
    Undo(UserCommand command, KeptChange change, FoundAccount account, PropertySet properties) {
      this.command = command;
      this.change = change;
      this.account = account;
      this.properties = properties;
      this.state = question(Facet.STATE);
      this.credential = question(Facet.CREDENTIAL);
      this.ofProperties =
          new Question(
              command.tenant(), Facet.PROPERTIES, account.propertiesStamp(), change.stamp());
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
      List<Question> questions = new ArrayList<>(List.of(state, credential));
      if (inTheBin != null) {
        questions.add(inTheBin);
      }
      if (properties != null || made()) {
        questions.add(ofProperties);
      }
      return questions;
    }

    private boolean made() {
      return change.operation() == Operation.ADD;
    }

    /** The row made the account, and nobody has touched it since: it goes with the row. */
    private boolean deletes() {
      return made() && state.isMine() && credential.isMine() && ofProperties.isMine();
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
      if (properties != null && ofProperties.isMine()) {
        propertiesBack = new Wanted(command.tenant(), Facet.PROPERTIES, change.before());
        wanted.add(propertiesBack);
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

    /** Null where they stay as they are. */
    private PropertySet propertiesAfter() {
      return propertiesBack == null
          ? null
          : propertiesBack.image().properties().stamped(propertiesBack.stamp());
    }

    Object imageBefore() {
      return propertiesBack == null
          ? account.signIn()
          : new KeptImage(account.signIn(), properties);
    }

    /** Null where the account is gone. */
    Object imageAfter() {
      if (deletes()) {
        return null;
      }
      return propertiesBack == null ? after() : new KeptImage(after(), propertiesAfter());
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
        undos.stream()
            .filter(u -> !u.deletes())
            .map(u -> new WritingSignIns.Change(u.account, u.after()))
            .toList());
    writingProperties.write(
        connection,
        undos.stream()
            .filter(u -> u.propertiesBack != null)
            .map(
                u ->
                    new WritingProperties.Change(
                        new Key(u.account.tenant(), u.account.id()),
                        u.properties,
                        u.propertiesAfter()))
            .toList());
    DeletingAccounts.delete(
        connection, undos.stream().filter(Undo::deletes).map(Undo::account).toList());
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

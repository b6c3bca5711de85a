package io.muster.user.provisioning.undoing;

import io.muster.contracts.command.Operation;
import io.muster.contracts.command.Stamp;
import io.muster.contracts.command.UserCommand;
import io.muster.user.provisioning.changing.PropertySet;
import io.muster.user.provisioning.kept.Facet;
import io.muster.user.provisioning.kept.FindingWhoseItIs.Question;
import io.muster.user.provisioning.kept.KeptChange;
import io.muster.user.provisioning.kept.KeptImage;
import io.muster.user.provisioning.kept.RestoringImages.Wanted;
import io.muster.user.provisioning.signin.FoundAccount;
import io.muster.user.provisioning.signin.SignIn;
import java.util.ArrayList;
import java.util.List;

/** A row to be undone; what isn't wanted back stays as it is. */
final class Undo {
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
        new Question(command.tenant(), Facet.PROPERTIES, account.propertiesStamp(), change.stamp());
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

  List<Question> questions() {
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
  boolean deletes() {
    return made() && state.isMine() && credential.isMine() && ofProperties.isMine();
  }

  List<Wanted> wanted() {
    List<Wanted> wanted = new ArrayList<>();
    if (state.isMine() || (inTheBin != null && inTheBin.isMine())) {
      stateBack = new Wanted(command.tenant(), Facet.STATE, change.before());
      wanted.add(stateBack);
    }
    if (credential.isMine()) {
      credentialBack = new Wanted(command.tenant(), Facet.CREDENTIAL, change.before());
      wanted.add(credentialBack);
    }
    // Properties in the recycle bin are left alone: nothing of them can be written there.
    if (properties != null && ofProperties.isMine() && !account.isRemoved()) {
      propertiesBack = new Wanted(command.tenant(), Facet.PROPERTIES, change.before());
      wanted.add(propertiesBack);
    }
    return wanted;
  }

  boolean comesOutOfTheBin() {
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
  PropertySet propertiesAfter() {
    return propertiesBack == null
        ? null
        : propertiesBack.image().properties().stamped(propertiesBack.stamp());
  }

  Object imageBefore() {
    return propertiesBack == null ? account.signIn() : new KeptImage(account.signIn(), properties);
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

  /** Two accounts can't have one name. */
  void leaveInTheBin() {
    stateBack = null;
  }

  PropertySet properties() {
    return properties;
  }
}

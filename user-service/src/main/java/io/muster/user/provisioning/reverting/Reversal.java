package io.muster.user.provisioning.reverting;

import io.muster.contracts.command.Operation;
import io.muster.contracts.command.Stamp;
import io.muster.contracts.command.UserCommand;
import io.muster.contracts.event.AccountEventType;
import io.muster.inbox.Happening;
import io.muster.user.provisioning.changing.PropertySet;
import io.muster.user.provisioning.happened.Differences;
import io.muster.user.provisioning.kept.Facet;
import io.muster.user.provisioning.kept.FindingWhoseItIs.Question;
import io.muster.user.provisioning.kept.KeptChange;
import io.muster.user.provisioning.kept.KeptImage;
import io.muster.user.provisioning.kept.RestoringImages.Wanted;
import io.muster.user.provisioning.kept.RevertedImage;
import io.muster.user.provisioning.signin.FoundAccount;
import io.muster.user.provisioning.signin.SignIn;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A row of an undo job with what it takes back, and from which account. */
final class Reversal {
  private final UserCommand command;
  private final KeptChange change;
  private final FoundAccount account;
  private final PropertySet properties;
  private final List<Question> questions = new ArrayList<>();
  private final Map<Facet, Wanted> wanted = new EnumMap<>(Facet.class);

  /**
   * @param change null when it is no longer kept
   * @param account null when it is gone
   * @param properties null where the change wasn't about them
   */
  Reversal(UserCommand command, KeptChange change, FoundAccount account, PropertySet properties) {
    this.command = command;
    this.change = change;
    this.account = account;
    this.properties = properties;
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

  PropertySet properties() {
    return properties;
  }

  /** The account was made by the row, and goes with it. */
  boolean deletes() {
    return change.operation() == Operation.ADD && change.reverts() == null;
  }

  /** What has to be known before it can be judged. */
  List<Question> questions() {
    for (Facet facet : Facet.values()) {
      Stamp now = facet.stampIn(now());
      if (now != null && (deletes() || change.touched(facet))) {
        questions.add(new Question(command.tenant(), facet, now, change.stamp()));
      }
    }
    return questions;
  }

  /**
   * Something newer has changed what the row set. A credential that it only confirmed may have been
   * replaced since.
   */
  boolean isSuperseded() {
    return questions.stream().anyMatch(q -> counts(q.facet()) && isNewer(q));
  }

  private boolean counts(Facet facet) {
    return facet != Facet.CREDENTIAL || deletes() || change.changedCredential();
  }

  private boolean isNewer(Question question) {
    return !question.isMine() || command.stamp().compareTo(question.facet().stampIn(now())) < 0;
  }

  /** The images that come back; each is followed along its chain before it is used. */
  List<Wanted> wanted() {
    for (Question question : questions) {
      if (!isNewer(question) && !deletes()) {
        wanted.put(
            question.facet(), new Wanted(command.tenant(), question.facet(), change.before()));
      }
    }
    return List.copyOf(wanted.values());
  }

  /** It needs its name and employee id again. */
  boolean comesOutOfTheBin() {
    return account.isRemoved() && signInAfter() != null && !signInAfter().removed();
  }

  /** Null where the row wasn't about it. */
  SignIn signInAfter() {
    Wanted state = wanted.get(Facet.STATE);
    Wanted credential = wanted.get(Facet.CREDENTIAL);
    if (state == null && credential == null) {
      return null;
    }
    SignIn after = account.signIn();
    if (state != null) {
      after = after.withStateOf(state.image().signIn(), command.stamp());
    }
    return credential != null && isNoOldOne(credential.image().signIn())
        ? after.withCredentialOf(credential.image().signIn(), command.stamp())
        : after;
  }

  /** Old passwords don't come back. */
  private boolean isNoOldOne(SignIn then) {
    return then.credentialId() == null
        || then.credentialId().equals(account.signIn().credentialId());
  }

  /** Null where the row wasn't about them. */
  PropertySet propertiesAfter() {
    Wanted back = wanted.get(Facet.PROPERTIES);
    return back == null ? null : back.image().properties().stamped(command.stamp());
  }

  KeptImage imageBefore() {
    boolean changesSignIn = deletes() || signInAfter() != null;
    return new KeptImage(changesSignIn ? account.signIn() : null, properties);
  }

  RevertedImage imageAfter() {
    Map<Facet, Stamp> from = new EnumMap<>(Facet.class);
    wanted.forEach((facet, back) -> from.put(facet, back.stamp()));
    return new RevertedImage(signInAfter(), propertiesAfter(), command.reverts(), from);
  }

  /** What the account's other users are told. */
  List<Happening> happened() {
    if (deletes()) {
      return List.of(Happening.of(AccountEventType.ADDITION_UNDONE));
    }
    List<Happening> happened = new ArrayList<>();
    if (signInAfter() != null) {
      happened.addAll(Differences.of(account.signIn(), signInAfter()));
    }
    if (propertiesAfter() != null) {
      happened.addAll(Differences.of(properties, propertiesAfter()));
    }
    return happened;
  }

  private KeptImage now() {
    return new KeptImage(account.signIn(), properties);
  }
}

package io.muster.user.provisioning.happened;

import io.muster.contracts.command.AccountProperty;
import io.muster.contracts.event.AccountEventType;
import io.muster.contracts.event.AccountState;
import io.muster.inbox.Happening;
import io.muster.user.provisioning.changing.PropertySet;
import io.muster.user.provisioning.signin.SignIn;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What happened to an account, told from its images before and after. */
public final class Differences {
  /** The name of what is no property: whether the account is protected. */
  static final String PROTECTED = "protected";

  private Differences() {}

  /**
   * @return none where only stamps differ
   */
  public static List<Happening> of(SignIn before, SignIn after) {
    List<Happening> happened = new ArrayList<>(2);
    boolean otherState = !before.state().equals(after.state());
    if (otherState) {
      happened.add(Happening.leaving(change(before, after), state(after)));
    }
    boolean other = !Objects.equals(before.credentialId(), after.credentialId());
    boolean firstOfAnActivation =
        before.credentialId() == null && otherState && state(after) == AccountState.ACTIVE;
    if (other && after.credentialId() != null && !firstOfAnActivation) {
      happened.add(Happening.of(AccountEventType.PASSWORD_RESET));
    }
    return happened;
  }

  private static AccountEventType change(SignIn before, SignIn after) {
    if (after.removed()) {
      return AccountEventType.REMOVED;
    }
    if (before.removed()) {
      return AccountEventType.RESTORED;
    }
    return state(after) == AccountState.ACTIVE
        ? AccountEventType.ACTIVATED
        : AccountEventType.DISABLED;
  }

  /** The state's word. */
  public static AccountState state(SignIn signIn) {
    return AccountState.valueOf(signIn.state());
  }

  /**
   * @return none where no value differs
   */
  public static List<Happening> of(PropertySet before, PropertySet after) {
    List<String> names = new ArrayList<>();
    for (AccountProperty property : AccountProperty.values()) {
      String name = property.field();
      if (!Objects.equals(before.properties().get(name), after.properties().get(name))) {
        names.add(name);
      }
    }
    if (before.isProtected() != after.isProtected()) {
      names.add(PROTECTED);
    }
    return names.isEmpty() ? List.of() : List.of(Happening.about(AccountEventType.CHANGED, names));
  }

  /** Both. */
  public static List<Happening> of(
      SignIn before, SignIn after, PropertySet propertiesBefore, PropertySet propertiesAfter) {
    List<Happening> happened = new ArrayList<>(of(before, after));
    happened.addAll(of(propertiesBefore, propertiesAfter));
    return happened;
  }
}

package io.muster.user.provisioning.adding;

import io.muster.contracts.command.AccountProperty;
import io.muster.contracts.command.UserCommand;
import io.muster.user.password.NewCredential;
import io.muster.user.provisioning.signin.SignIn;
import io.muster.user.provisioning.tryout.WouldBe;
import java.util.Comparator;
import java.util.Map;
import java.util.UUID;

/**
 * An account about to be made.
 *
 * @param id a UUIDv7
 * @param upnKey what its name is compared by
 * @param credential null for none
 * @param properties by {@code AccountProperty.field()}; empty ones left out
 */
record NewAccount(
    UserCommand command,
    UUID id,
    String upnKey,
    String state,
    boolean isProtected,
    NewCredential credential,
    Map<String, String> properties) {
  /** Two consumers insert in one order, so that they don't lock crosswise. */
  static final Comparator<NewAccount> ORDER =
      Comparator.comparing((NewAccount a) -> a.command().tenant())
          .thenComparing(NewAccount::upnKey);

  AccountImage image() {
    return new AccountImage(
        command.userPrincipalName(),
        state,
        credentialKind(),
        mustChangePassword(),
        isProtected,
        properties);
  }

  /** What a row of a dry run would leave. */
  WouldBe wouldBe() {
    return new WouldBe(
        id,
        isProtected,
        properties.get(AccountProperty.UNIT.field()),
        properties.get(AccountProperty.EMPLOYEE_ID.field()),
        new SignIn(
            state,
            command.stamp(),
            null,
            credentialKind(),
            credentialId(),
            mustChangePassword(),
            command.stamp()),
        command.stamp());
  }

  String credentialKind() {
    return credential == null ? "NONE" : credential.kind();
  }

  UUID credentialId() {
    return credential == null ? null : credential.id();
  }

  boolean mustChangePassword() {
    return credential != null && credential.mustChange();
  }
}

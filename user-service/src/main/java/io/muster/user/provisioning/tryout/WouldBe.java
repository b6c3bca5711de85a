package io.muster.user.provisioning.tryout;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.muster.contracts.command.Stamp;
import io.muster.user.provisioning.signin.FoundAccount;
import io.muster.user.provisioning.signin.SignIn;
import java.util.UUID;

/**
 * An account as it would be: what decisions need of it.
 *
 * @param unit null for none
 * @param employeeId null for none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WouldBe(
    UUID id,
    boolean isProtected,
    String unit,
    String employeeId,
    SignIn signIn,
    Stamp propertiesStamp) {

  /** The account with another way to sign in. */
  public static WouldBe of(FoundAccount account, SignIn after) {
    return new WouldBe(
        account.id(),
        account.isProtected(),
        account.unit(),
        account.employeeId(),
        after,
        account.propertiesStamp());
  }

  /** The same with another way to sign in. */
  public WouldBe signingIn(SignIn after) {
    return new WouldBe(id, isProtected, unit, employeeId, after, propertiesStamp);
  }

  /** As a batch finds it. */
  FoundAccount found(String tenant) {
    return new FoundAccount(tenant, id, isProtected, unit, employeeId, signIn, propertiesStamp);
  }

  /** Null also where it would be free again. */
  String employeeIdInUse() {
    return signIn.removed() ? null : employeeId;
  }
}

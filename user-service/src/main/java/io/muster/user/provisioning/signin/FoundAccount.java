package io.muster.user.provisioning.signin;

import io.muster.contracts.command.Stamp;
import java.util.UUID;

/**
 * An account as a batch found it.
 *
 * @param unit null for none
 * @param employeeId null for none
 */
public record FoundAccount(
    String tenant,
    UUID id,
    boolean isProtected,
    String unit,
    String employeeId,
    SignIn signIn,
    Stamp propertiesStamp) {
  /** It is in the recycle bin; where it was looked up by name, no account in use bears the name. */
  public boolean isRemoved() {
    return signIn.removed();
  }
}

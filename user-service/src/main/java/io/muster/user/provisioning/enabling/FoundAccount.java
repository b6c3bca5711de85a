package io.muster.user.provisioning.enabling;

import java.util.UUID;

/**
 * An account as a batch found it.
 *
 * @param signIn null when it is in the recycle bin
 */
public record FoundAccount(String tenant, UUID id, boolean isProtected, SignIn signIn) {
  /** Only a removed account bears the name. */
  public boolean isRemoved() {
    return signIn == null;
  }
}

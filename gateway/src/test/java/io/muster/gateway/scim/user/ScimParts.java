package io.muster.gateway.scim.user;

import io.muster.gateway.directory.ReadingUsers;

/** Beans as a test without a container makes them. */
public final class ScimParts {
  private ScimParts() {}

  /** Completes nothing that has a domain; there is no default one. */
  public static UserNames names() {
    return new UserNames(null, null);
  }

  /** Shows those users. */
  public static ShowingUsers showing(ReadingUsers users) {
    return new ShowingUsers(users);
  }
}

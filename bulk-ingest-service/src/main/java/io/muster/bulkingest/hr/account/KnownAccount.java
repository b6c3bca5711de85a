package io.muster.bulkingest.hr.account;

import java.util.Objects;

/**
 * An account in use, as user-service has it.
 *
 * @param employeeId whose
 * @param name user principal name, as written
 * @param active false while it is disabled
 */
public record KnownAccount(String employeeId, String name, boolean active) {
  public KnownAccount {
    Objects.requireNonNull(employeeId, "employeeId");
    Objects.requireNonNull(name, "name");
  }
}

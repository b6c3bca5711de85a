package io.muster.user.account;

import io.muster.chassis.access.Caller;
import io.muster.chassis.access.Roles;
import io.quarkus.security.ForbiddenException;
import java.util.Set;

/**
 * Which accounts a caller may see.
 *
 * @param tenant only of this one
 * @param units only in these; null when the caller sees the whole tenant
 */
record Sight(String tenant, Set<String> units) {
  /**
   * @throws ForbiddenException when the caller's roles see no account at all
   */
  static Sight of(Caller caller) {
    Set<String> roles = caller.roles();
    if (roles.contains(Roles.TENANT_ADMIN) || roles.contains(Roles.READER)) {
      return new Sight(caller.tenant(), null);
    }
    if (roles.contains(Roles.PASSWORD_ADMIN)) {
      return new Sight(caller.tenant(), caller.units());
    }
    throw new ForbiddenException();
  }

  boolean isWhole() {
    return units == null;
  }

  /**
   * @param unit the one asked for; null for all
   * @return what is left of the caller's; null when that is the whole tenant
   */
  Set<String> unitsWithin(String unit) {
    if (unit == null) {
      return units;
    }
    return isWhole() || units.contains(unit) ? Set.of(unit) : Set.of();
  }
}

package io.muster.gateway.access;

import io.muster.chassis.access.Caller;
import io.muster.chassis.access.Roles;

/**
 * Which jobs the caller sees; everything else is a 404 for them.
 *
 * @param tenant whose jobs, with the people in them; null when the caller has no role in a tenant
 * @param onlyOf only those of this submitter; null for all of the tenant
 * @param byNumber also the jobs of all tenants, without anything personal (operators)
 */
public record Sight(String tenant, String onlyOf, boolean byNumber) {

  /**
   * @throws io.quarkus.security.UnauthorizedException when the token names no tenant of its issuer
   */
  public static Sight of(Caller caller) {
    String tenant = caller.tenant();
    boolean operator = caller.has(Roles.OPERATOR);
    if (caller.has(Roles.TENANT_ADMIN)) {
      return new Sight(tenant, null, operator);
    }
    return caller.has(Roles.PASSWORD_ADMIN)
        ? new Sight(tenant, caller.subject(), operator)
        : new Sight(null, null, operator);
  }
}

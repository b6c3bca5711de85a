package io.muster.user.account.lookup;

import io.muster.chassis.access.Caller;
import io.muster.chassis.access.Roles;
import io.muster.chassis.problem.RequestRefused;
import io.muster.user.account.Account;
import io.muster.user.account.lookup.LookingUpAccounts.Key;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Accounts by keys, many at once, for the gateway's SCIM. */
@Path("/v1/users/lookup")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.TENANT_ADMIN)
public class LookupResource {
  private static final int MOST_VALUES = 1_000;

  private final Caller caller;
  private final LookingUpAccounts accounts;

  LookupResource(Caller caller, LookingUpAccounts accounts) {
    this.caller = caller;
    this.accounts = accounts;
  }

  /**
   * What is looked for.
   *
   * @param by ID, USER_PRINCIPAL_NAME, EXTERNAL_ID, EMPLOYEE_ID or ALTERNATE_EMAIL
   */
  public record Wanted(String by, List<String> values) {}

  /** Those in use, by user principal name; 1,000 at most. */
  public record Found(List<Account> items) {}

  /** Values that nobody has are passed over. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Found find(Wanted wanted) {
    if (wanted == null || wanted.values() == null || wanted.values().size() > MOST_VALUES) {
      throw RequestRefused.invalid("values", "Send up to " + MOST_VALUES + " values.");
    }
    return new Found(
        accounts.find(caller.tenant(), key(wanted.by()), wanted.values(), MOST_VALUES));
  }

  private static Key key(String by) {
    try {
      return Key.valueOf(String.valueOf(by));
    } catch (IllegalArgumentException e) {
      throw RequestRefused.invalid("by", "by is one of " + List.of(Key.values()) + ".");
    }
  }
}

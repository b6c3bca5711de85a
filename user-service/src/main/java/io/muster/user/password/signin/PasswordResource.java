package io.muster.user.password.signin;

import io.muster.chassis.access.Caller;
import io.muster.chassis.access.Roles;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.job.RequestCode;
import io.muster.contracts.result.RowCode;
import io.muster.sealing.Secret;
import io.muster.user.password.signin.CheckingAPassword.Checked;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Whether a password is right: for the tenant's other systems, and for administrators. */
@Path("/v1/users")
@Produces(MediaType.APPLICATION_JSON)
public class PasswordResource {
  private final Caller caller;
  private final CheckingAPassword checking;

  PasswordResource(Caller caller, CheckingAPassword checking) {
    this.caller = caller;
    this.checking = checking;
  }

  /**
   * An answer that is the same for a wrong password and for a user who isn't there.
   *
   * @param mustChange only told with a right one
   */
  public record Verified(boolean valid, boolean mustChange) {}

  /**
   * @param body {@code {"password"}}
   */
  @POST
  @Path("/{upn}/password/verify")
  @Consumes(MediaType.WILDCARD)
  @RolesAllowed({Roles.TENANT_ADMIN, Roles.PASSWORD_ADMIN})
  public Uni<Verified> verify(@PathParam("upn") String userPrincipalName, byte[] body) {
    Secret password = ClearFields.read(body).secret("password");
    Attempt attempt =
        new Attempt(
            caller.tenant(),
            caller.subject(),
            caller.roles(),
            caller.has(Roles.TENANT_ADMIN) ? null : caller.units(),
            userPrincipalName,
            password);
    return checking
        .check(attempt)
        .onItem()
        .transform(PasswordResource::told)
        .onTermination()
        .invoke(password::destroy);
  }

  private static Verified told(Checked checked) {
    return switch (checked.sight()) {
      case HIDDEN ->
          throw RequestRefused.because(
              RequestCode.NOT_FOUND, "There is no such user that you may see.");
      case PROTECTED -> throw RequestRefused.row(RowCode.PROTECTED_ACCOUNT, null, null);
      case OPEN ->
          new Verified(
              checked.valid(), checked.valid() && checked.known().orElseThrow().mustChange());
    };
  }
}

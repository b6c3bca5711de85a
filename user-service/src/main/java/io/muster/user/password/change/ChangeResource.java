package io.muster.user.password.change;

import io.muster.chassis.access.Caller;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.command.UserPrincipalName;
import io.muster.contracts.job.RequestCode;
import io.muster.sealing.Secret;
import io.muster.user.password.signin.Attempt;
import io.muster.user.password.signin.ClearFields;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** For the person alone, whatever their role. */
@Path("/v1/users")
@Produces(MediaType.APPLICATION_JSON)
public class ChangeResource {
  private final Caller caller;
  private final ChangingAPassword changing;

  ChangeResource(Caller caller, ChangingAPassword changing) {
    this.caller = caller;
    this.changing = changing;
  }

  /** What holds from now on. */
  public record Changed(boolean mustChange) {}

  /**
   * @param body {@code {"current","new"}}
   */
  @POST
  @Path("/{upn}/password/change")
  @Consumes(MediaType.WILDCARD)
  @Authenticated
  public Uni<Changed> change(@PathParam("upn") String userPrincipalName, byte[] body) {
    String subject = caller.subject();
    if (!UserPrincipalName.keyOf(subject).equals(UserPrincipalName.keyOf(userPrincipalName))) {
      throw RequestRefused.because(
          RequestCode.FORBIDDEN, "Only the person may change a password by its current one.");
    }
    ClearFields fields = ClearFields.read(body);
    Secret current = fields.secret("current");
    Secret next = fields.secret("new");
    return changing
        .change(
            new Attempt(caller.tenant(), subject, caller.roles(), null, userPrincipalName, current),
            next,
            caller.actor(),
            caller.bearer())
        .onItem()
        .transform(done -> new Changed(false))
        .onTermination()
        .invoke(
            () -> {
              current.destroy();
              next.destroy();
            });
  }
}

package io.muster.user.password.handout;

import io.muster.chassis.access.Caller;
import io.muster.chassis.access.Roles;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.command.Actor;
import io.muster.contracts.job.RequestCode;
import io.muster.user.password.handout.CollectingPasswords.Line;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.UUID;

/**
 * A job's generated passwords for the gateway, which knows whether the job is final; here only its
 * submitter gets them. Those of HR's jobs, which nobody submitted, a tenant's administrator gets.
 */
@Path("/v1/jobs/{id}/handout")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.TENANT_ADMIN, Roles.PASSWORD_ADMIN})
public class HandoutResource {
  private final Caller caller;
  private final CollectingPasswords collecting;
  private final ShreddingHandouts shredding;

  HandoutResource(Caller caller, CollectingPasswords collecting, ShreddingHandouts shredding) {
    this.caller = caller;
    this.collecting = collecting;
    this.shredding = shredding;
  }

  /** Also for the one password of a single call; not to be shown but to whom it is handed. */
  public record Password(String userPrincipalName, String password) {
    @Override
    public String toString() {
      return "a password of " + userPrincipalName;
    }
  }

  /** All of them, as {@link CollectingPasswords#write} says. */
  @GET
  public Response collect(@PathParam("id") UUID jobId) {
    String tenant = caller.tenant();
    String subject = collector(jobId);
    // Before the answer begins, so that a refusal is one.
    collecting.mayCollect(tenant, jobId, subject);
    StreamingOutput body = out -> collecting.write(tenant, jobId, subject, out);
    return Response.ok(body).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
  }

  /** Shreds them at once. */
  @DELETE
  public void shred(@PathParam("id") UUID jobId) {
    shredding.shred(caller.tenant(), jobId, collector(jobId));
  }

  /** The one password of a single call: handed out once, and shredded. 404 when it made none. */
  @POST
  @Path("/take")
  public Response take(@PathParam("id") UUID jobId) {
    Line line =
        collecting
            .take(caller.tenant(), jobId, collector(jobId))
            .orElseThrow(
                () ->
                    RequestRefused.because(
                        RequestCode.NOT_FOUND, "This call made no password that is left."));
    Password password = new Password(line.userPrincipalName(), line.clear().reveal());
    line.clear().destroy();
    return Response.ok(password).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
  }

  /** In whose name the caller collects; nobody's token may pass for the feed. */
  private String collector(UUID jobId) {
    String feed = Actor.HR_FEED.subject();
    if (caller.has(Roles.TENANT_ADMIN) && collecting.isOf(feed, caller.tenant(), jobId)) {
      return feed;
    }
    if (caller.subject().equals(feed)) {
      throw RequestRefused.because(
          RequestCode.FORBIDDEN,
          "Only tenant administrators may collect the passwords of HR's jobs.");
    }
    return caller.subject();
  }
}

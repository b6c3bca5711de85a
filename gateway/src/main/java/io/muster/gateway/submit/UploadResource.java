package io.muster.gateway.submit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.chassis.access.Caller;
import io.muster.chassis.access.Roles;
import io.muster.chassis.problem.Problem;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.command.Operation;
import io.muster.contracts.job.RequestCode;
import io.muster.gateway.access.Parameters;
import io.muster.gateway.submit.UploadPipe.Answer;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Locale;

/**
 * Takes a file in. The body goes through block by block on the event loop: no thread waits for a
 * slow line, and no file is ever held here.
 */
@Path("/v1/jobs")
public class UploadResource {
  private final Caller caller;
  private final UploadPipe pipe;
  private final AcceptedJobs accepted;

  UploadResource(Caller caller, UploadPipe pipe, AcceptedJobs accepted) {
    this.caller = caller;
    this.pipe = pipe;
    this.accepted = accepted;
  }

  @POST
  @NonBlocking
  @Consumes(MediaType.WILDCARD)
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed({Roles.TENANT_ADMIN, Roles.PASSWORD_ADMIN})
  public Uni<Response> upload(@Context RoutingContext http) {
    Operation operation = Parameters.operation(http.request().getParam("operation"));
    if (!caller.has(Roles.TENANT_ADMIN) && operation != Operation.SET_PASSWORD) {
      throw RequestRefused.because(
          RequestCode.FORBIDDEN, "A password-admin uploads files of set-password only.");
    }
    String type = http.request().getHeader(HttpHeaders.CONTENT_TYPE);
    if (type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/")) {
      throw RequestRefused.invalid(
          HttpHeaders.CONTENT_TYPE, "Send the file itself as the body, without multipart.");
    }
    caller.tenant();
    return pipe.through(http.request(), caller.bearer())
        .emitOn(Infrastructure.getDefaultWorkerPool())
        .map(this::answer);
  }

  private Response answer(Answer upstream) {
    if (upstream.status() / 100 != 2) {
      Response.ResponseBuilder refusal =
          Response.status(upstream.status()).type(Problem.MEDIA_TYPE).entity(upstream.body());
      if (upstream.retryAfter() != null) {
        refusal.header(HttpHeaders.RETRY_AFTER, upstream.retryAfter());
      }
      return refusal.build();
    }
    ObjectNode job = accepted.show(upstream.body());
    return Response.status(upstream.status())
        .location(URI.create("/v1/jobs/" + job.get("id").asText()))
        .entity(job)
        .build();
  }
}

package io.muster.gateway.submit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.chassis.access.Caller;
import io.muster.chassis.access.Roles;
import io.muster.gateway.access.BodyLimit;
import io.muster.gateway.submit.ChangingAUser.Changed;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** One user at a time. */
@Path("/v1/users")
@Tag(name = "users")
public class UserCallsResource {
  private static final Pattern WAIT = Pattern.compile("(?:^|[,;\\s])wait\\s*=\\s*(\\d{1,9})");
  private static final int DEFAULT_SECONDS = 10;

  /** A waiting call holds a thread. */
  private static final int MOST_SECONDS = 60;

  private final Caller caller;
  private final ChangingAUser changing;

  UserCallsResource(Caller caller, ChangingAUser changing) {
    this.caller = caller;
    this.changing = changing;
  }

  /**
   * @param body the CSV table's columns in camelCase
   * @param prefer {@code wait=N}: seconds to wait for the row's end, 60 at most
   */
  @POST
  @Consumes(MediaType.WILDCARD)
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.TENANT_ADMIN)
  @Operation(summary = "Add a user, disabled unless blockSignIn is false")
  @APIResponse(responseCode = "201", description = "the user, and its job's id as job")
  @APIResponse(responseCode = "202", description = "the job: the row has not ended yet")
  public Response add(InputStream body, @HeaderParam("Prefer") String prefer) throws IOException {
    ObjectNode user = SingleUser.read(BodyLimit.read(body));
    Changed added =
        changing.change(
            io.muster.contracts.command.Operation.ADD, user, caller.bearer(), patience(prefer));
    if (added.user() == null) {
      return later(added);
    }
    String name = added.user().path("userPrincipalName").asText();
    String segment = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    return Response.created(URI.create("/v1/users/" + segment))
        .entity(added.user())
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  /**
   * @param body {@code password}, {@code mustChangePassword} and {@code licenses}, all optional; no
   *     body at all is none of them
   * @param prefer as above
   */
  @POST
  @Path("{upn}/enable")
  @Consumes(MediaType.WILDCARD)
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.TENANT_ADMIN)
  @Operation(summary = "Activate a user, with a password and seats")
  @APIResponse(
      responseCode = "200",
      description = "the user, its job's id as job, and password when one was generated")
  @APIResponse(responseCode = "202", description = "the job: the row has not ended yet")
  public Response enable(
      @PathParam("upn") String userPrincipalName,
      InputStream body,
      @HeaderParam("Prefer") String prefer)
      throws IOException {
    ObjectNode user = SingleUser.read(BodyLimit.read(body), userPrincipalName, SingleUser.SIGN_IN);
    Changed enabled =
        changing.change(
            io.muster.contracts.command.Operation.ENABLE, user, caller.bearer(), patience(prefer));
    return enabled.user() == null
        ? later(enabled)
        : Response.ok(enabled.user()).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
  }

  private static Response later(Changed changed) {
    return Response.accepted(changed.job())
        .location(URI.create("/v1/jobs/" + changed.job().get("id").asText()))
        .build();
  }

  private static Duration patience(String prefer) {
    Matcher wait = WAIT.matcher(prefer == null ? "" : prefer);
    int seconds = wait.find() ? Integer.parseInt(wait.group(1)) : DEFAULT_SECONDS;
    return Duration.ofSeconds(Math.min(seconds, MOST_SECONDS));
  }
}

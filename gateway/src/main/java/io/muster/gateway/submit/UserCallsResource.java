package io.muster.gateway.submit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.chassis.access.Caller;
import io.muster.chassis.access.Roles;
import io.muster.contracts.command.Operation;
import io.muster.gateway.access.BodyLimit;
import io.muster.gateway.submit.ChangingAUser.Changed;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
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
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One user at a time: each call is a job of one row, waits for its end for as long as {@code
 * Prefer: wait=N} says (10 s without, 60 s at most), and answers the user, or the job when the row
 * has not ended by then.
 */
@Path("/v1/users")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.TENANT_ADMIN)
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
   */
  @POST
  public Response add(InputStream body, @HeaderParam("Prefer") String prefer) throws IOException {
    Changed added = change(Operation.ADD, SingleUser.read(BodyLimit.read(body)), prefer);
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
   * @param body the properties to change; null or {@code -} clears one
   */
  @PATCH
  @Path("{upn}")
  public Response set(
      @PathParam("upn") String name, InputStream body, @HeaderParam("Prefer") String prefer)
      throws IOException {
    return answer(change(Operation.SET, SingleUser.changes(BodyLimit.read(body), name), prefer));
  }

  /** Into the recycle bin. */
  @DELETE
  @Path("{upn}")
  public Response remove(@PathParam("upn") String name, @HeaderParam("Prefer") String prefer) {
    ObjectNode user = SingleUser.read(new byte[0], name, SingleUser.NOTHING);
    return answer(change(Operation.REMOVE, user, prefer));
  }

  /**
   * @param body {@code password}, {@code mustChangePassword} and {@code licenses}, all optional; no
   *     body at all is none of them
   */
  @POST
  @Path("{upn}/enable")
  public Response enable(
      @PathParam("upn") String name, InputStream body, @HeaderParam("Prefer") String prefer)
      throws IOException {
    return with(Operation.ENABLE, name, body, SingleUser.SIGN_IN, prefer);
  }

  /** Gives the seats back as well. */
  @POST
  @Path("{upn}/disable")
  public Response disable(
      @PathParam("upn") String name, InputStream body, @HeaderParam("Prefer") String prefer)
      throws IOException {
    return with(Operation.DISABLE, name, body, SingleUser.NOTHING, prefer);
  }

  /** Out of the recycle bin; {@code message} of the answer tells which seats were held. */
  @POST
  @Path("{upn}/restore")
  public Response restore(
      @PathParam("upn") String name, InputStream body, @HeaderParam("Prefer") String prefer)
      throws IOException {
    return with(Operation.RESTORE, name, body, SingleUser.NOTHING, prefer);
  }

  /**
   * @param body {@code password} or {@code passwordHash}, and {@code mustChangePassword}; without
   *     the first two a password is generated and answered this once
   */
  @PUT
  @Path("{upn}/password")
  @RolesAllowed({Roles.TENANT_ADMIN, Roles.PASSWORD_ADMIN})
  public Response setPassword(
      @PathParam("upn") String name, InputStream body, @HeaderParam("Prefer") String prefer)
      throws IOException {
    return with(Operation.SET_PASSWORD, name, body, SingleUser.PASSWORD, prefer);
  }

  /**
   * @param body {@code licenses}: the exact set
   */
  @PUT
  @Path("{upn}/licenses")
  public Response setLicenses(
      @PathParam("upn") String name, InputStream body, @HeaderParam("Prefer") String prefer)
      throws IOException {
    ObjectNode user = SingleUser.licenses(BodyLimit.read(body), name);
    return answer(change(Operation.SET_LICENSES, user, prefer));
  }

  private Response with(
      Operation operation, String name, InputStream body, Set<String> allowed, String prefer)
      throws IOException {
    ObjectNode user = SingleUser.read(BodyLimit.read(body), name, allowed);
    return answer(change(operation, user, prefer));
  }

  private Changed change(Operation operation, ObjectNode user, String prefer) {
    return changing.change(operation, user, caller.bearer(), patience(prefer));
  }

  private static Response answer(Changed changed) {
    return changed.user() == null
        ? later(changed)
        : Response.ok(changed.user()).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
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

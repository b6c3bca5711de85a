package io.muster.gateway.password;

import io.muster.chassis.access.Caller;
import io.muster.chassis.access.Roles;
import io.muster.gateway.access.BodyLimit;
import io.muster.gateway.access.ServiceCalls;
import io.muster.gateway.access.ServicesConfig;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Verifying and changing: bodies pass through unread, and a caller who has to wait for their turn
 * holds no thread here either.
 */
@Path("/v1/users")
public class PasswordResource {
  private final Caller caller;
  private final ServiceCalls calls;
  private final ServicesConfig services;

  PasswordResource(Caller caller, ServiceCalls calls, ServicesConfig services) {
    this.caller = caller;
    this.calls = calls;
    this.services = services;
  }

  /**
   * @param body {@code {"password"}}
   */
  @POST
  @Path("{upn}/password/verify")
  @Consumes(MediaType.WILDCARD)
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed({Roles.TENANT_ADMIN, Roles.PASSWORD_ADMIN})
  @Blocking
  public Uni<Response> verify(@PathParam("upn") String userPrincipalName, InputStream body)
      throws IOException {
    return pass(userPrincipalName, "verify", body);
  }

  /**
   * @param body {@code {"current","new"}}
   */
  @POST
  @Path("{upn}/password/change")
  @Consumes(MediaType.WILDCARD)
  @Produces(MediaType.APPLICATION_JSON)
  @Authenticated
  @Blocking
  public Uni<Response> change(@PathParam("upn") String userPrincipalName, InputStream body)
      throws IOException {
    return pass(userPrincipalName, "change", body);
  }

  private Uni<Response> pass(String userPrincipalName, String verb, InputStream body)
      throws IOException {
    String segment =
        URLEncoder.encode(userPrincipalName, StandardCharsets.UTF_8).replace("+", "%20");
    return calls
        .postLater(
            services.userUrl(),
            "/v1/users/" + segment + "/password/" + verb,
            caller.bearer(),
            BodyLimit.read(body))
        .onItem()
        .transform(
            answer ->
                Response.ok(answer, MediaType.APPLICATION_JSON)
                    .header(HttpHeaders.CACHE_CONTROL, "no-store")
                    .build());
  }
}

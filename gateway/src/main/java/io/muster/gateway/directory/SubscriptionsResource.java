package io.muster.gateway.directory;

import io.muster.chassis.access.Caller;
import io.muster.chassis.access.Roles;
import io.muster.gateway.access.BodyLimit;
import io.muster.gateway.access.ServiceCalls;
import io.muster.gateway.access.ServicesConfig;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;

/** Pools of seats, as license-service tells them. */
@Path("/v1/subscriptions")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.TENANT_ADMIN, Roles.READER})
public class SubscriptionsResource {
  private static final String PATH = "/v1/subscriptions";

  private final Caller caller;
  private final ServiceCalls calls;
  private final ServicesConfig services;

  SubscriptionsResource(Caller caller, ServiceCalls calls, ServicesConfig services) {
    this.caller = caller;
    this.calls = calls;
    this.services = services;
  }

  @GET
  public byte[] list(@Context UriInfo request) {
    String query = request.getRequestUri().getRawQuery();
    return ServiceCalls.whole(
        calls.get(
            services.licenseUrl(), query == null ? PATH : PATH + "?" + query, caller.bearer()));
  }

  @GET
  @Path("{sku}")
  public byte[] show(@PathParam("sku") String sku) {
    return ServiceCalls.whole(calls.get(services.licenseUrl(), path(sku), caller.bearer()));
  }

  /**
   * @param body {@code totalSeats} and, if wanted, {@code name}; license-service checks it
   */
  @PUT
  @Path("{sku}")
  @Consumes(MediaType.WILDCARD)
  @RolesAllowed(Roles.TENANT_ADMIN)
  public byte[] set(@PathParam("sku") String sku, InputStream body) throws IOException {
    byte[] wanted = BodyLimit.read(body);
    return ServiceCalls.whole(
        calls.put(
            services.licenseUrl(), path(sku), caller.bearer(), BodyPublishers.ofByteArray(wanted)));
  }

  private static String path(String sku) {
    return PATH + "/" + URLEncoder.encode(sku, StandardCharsets.UTF_8).replace("+", "%20");
  }
}

package io.muster.gateway.operations;

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
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;

/** A tenant's domains, quotas and settings, as bulk-ingest-service keeps them. */
@Path("/v1/tenants/{tenant}")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.OPERATOR)
public class TenantsResource {
  private final Caller caller;
  private final ServiceCalls calls;
  private final ServicesConfig services;

  TenantsResource(Caller caller, ServiceCalls calls, ServicesConfig services) {
    this.caller = caller;
    this.calls = calls;
    this.services = services;
  }

  @GET
  public byte[] show(@PathParam("tenant") String tenant) {
    return ServiceCalls.whole(calls.get(services.bulkIngestUrl(), path(tenant), caller.bearer()));
  }

  /**
   * @param body bulk-ingest-service checks it
   */
  @PUT
  @Consumes(MediaType.WILDCARD)
  public byte[] set(@PathParam("tenant") String tenant, InputStream body) throws IOException {
    byte[] wanted = BodyLimit.read(body);
    return ServiceCalls.whole(
        calls.put(
            services.bulkIngestUrl(),
            path(tenant),
            caller.bearer(),
            BodyPublishers.ofByteArray(wanted)));
  }

  private static String path(String tenant) {
    return "/v1/tenants/" + URLEncoder.encode(tenant, StandardCharsets.UTF_8).replace("+", "%20");
  }
}

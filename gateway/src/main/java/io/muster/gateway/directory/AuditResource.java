package io.muster.gateway.directory;

import io.muster.chassis.access.Caller;
import io.muster.chassis.access.Roles;
import io.muster.gateway.access.ServiceCalls;
import io.muster.gateway.access.ServicesConfig;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

/** Who changed what, as user-service tells it page by page. */
@Path("/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.TENANT_ADMIN)
public class AuditResource {
  private final Caller caller;
  private final ServiceCalls calls;
  private final ServicesConfig services;

  AuditResource(Caller caller, ServiceCalls calls, ServicesConfig services) {
    this.caller = caller;
    this.calls = calls;
    this.services = services;
  }

  /** {@code user}, {@code job}, {@code after} and {@code limit} are user-service's to check. */
  @GET
  public byte[] list(@Context UriInfo request) {
    String query = request.getRequestUri().getRawQuery();
    String path = "/v1/audit" + (query == null ? "" : "?" + query);
    return ServiceCalls.whole(calls.get(services.userUrl(), path, caller.bearer()));
  }
}

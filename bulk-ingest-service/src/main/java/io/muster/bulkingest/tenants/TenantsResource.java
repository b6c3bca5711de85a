package io.muster.bulkingest.tenants;

import io.muster.chassis.access.Caller;
import io.muster.chassis.access.Roles;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.command.TenantId;
import io.muster.contracts.job.RequestCode;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import org.jboss.resteasy.reactive.RestPath;

/** Tenants, for operators: what they may, never who is in them. */
@Path("/v1/tenants/{tenant}")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@RolesAllowed(Roles.OPERATOR)
public class TenantsResource {
  /** Room for all the domains that a tenant can have. */
  private static final int LONGEST_BODY = 2 * 1024 * 1024;

  private final Caller caller;
  private final LayingDownATenant tenants;

  TenantsResource(Caller caller, LayingDownATenant tenants) {
    this.caller = caller;
    this.tenants = tenants;
  }

  @GET
  public TenantDescription show(@RestPath String tenant) {
    return tenants
        .show(checked(tenant))
        .orElseThrow(
            () ->
                RequestRefused.because(
                    RequestCode.NOT_FOUND, "No tenant of this id was registered or used so far."));
  }

  @PUT
  @Consumes(MediaType.WILDCARD)
  public TenantDescription replace(@RestPath String tenant, InputStream body) throws IOException {
    byte[] json = body.readNBytes(LONGEST_BODY + 1);
    if (json.length > LONGEST_BODY) {
      throw RequestRefused.invalid(
          "body", "The body is longer than " + LONGEST_BODY + " bytes, the limit of this call.");
    }
    return tenants.replace(checked(tenant), json, caller.subject());
  }

  private static String checked(String tenant) {
    if (!TenantId.isOne(tenant)) {
      throw RequestRefused.invalid(
          "tenant",
          "A tenant's id has 1 to 63 lower-case letters, digits and hyphens, no hyphen first.");
    }
    return tenant;
  }
}

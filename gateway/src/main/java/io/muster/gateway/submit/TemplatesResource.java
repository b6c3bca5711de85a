package io.muster.gateway.submit;

import io.muster.chassis.access.Roles;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.command.Operation;
import io.muster.contracts.job.RequestCode;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** Files to begin with. */
@Path("/v1/templates")
@RolesAllowed({Roles.TENANT_ADMIN, Roles.PASSWORD_ADMIN, Roles.READER})
public class TemplatesResource {
  private static final String CSV = "text/csv; charset=utf-8";

  @GET
  @Path("{operation}.csv")
  @Produces(CSV)
  public Response template(@PathParam("operation") String word) {
    Operation operation =
        Operation.of(word)
            .orElseThrow(
                () ->
                    RequestRefused.because(
                        RequestCode.NOT_FOUND, "There is no operation of that name."));
    return Response.ok(Templates.of(operation), CSV)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"" + operation.word() + ".csv\"")
        .build();
  }
}

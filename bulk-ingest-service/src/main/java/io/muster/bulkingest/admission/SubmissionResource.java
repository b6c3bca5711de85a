package io.muster.bulkingest.admission;

import io.muster.chassis.access.Caller;
import io.muster.chassis.access.Roles;
import io.muster.contracts.job.JobSnapshot;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestQuery;

/** Where rows come in: whole files as they are, and single rows as JSON. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class SubmissionResource {
  private final Caller caller;
  private final AdmittingAFile files;
  private final AdmittingARow rows;

  SubmissionResource(Caller caller, AdmittingAFile files, AdmittingARow rows) {
    this.caller = caller;
    this.files = files;
    this.rows = rows;
  }

  @POST
  @Path("/jobs")
  @Consumes(MediaType.WILDCARD)
  @RolesAllowed({Roles.TENANT_ADMIN, Roles.PASSWORD_ADMIN})
  public Response upload(
      InputStream body,
      @RestQuery String operation,
      @RestQuery List<String> license,
      @RestQuery List<String> set,
      @RestQuery String dryRun,
      @RestQuery String maxFailures,
      @RestQuery String startAt,
      @RestQuery String allowDuplicate,
      @HeaderParam(HttpHeaders.CONTENT_ENCODING) String contentEncoding,
      @HeaderParam("Idempotency-Key") String idempotencyKey,
      @HeaderParam("X-File-Name") String fileName) {
    SubmissionParameters parameters =
        SubmissionParameters.of(
            operation, license, set, dryRun, maxFailures, startAt, allowDuplicate);
    JobSnapshot job =
        files.admit(
            new AdmittingAFile.Upload(
                body,
                caller.bearer(),
                contentEncoding,
                Optional.ofNullable(idempotencyKey),
                Optional.ofNullable(fileName)),
            parameters,
            caller.tenant(),
            caller.actor());
    return Response.accepted(job).build();
  }

  /** A single call: one row, whose columns are JSON fields. */
  @POST
  @Path("/rows")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({Roles.TENANT_ADMIN, Roles.PASSWORD_ADMIN})
  public Response row(Map<String, Object> fields, @RestQuery String operation) {
    SubmissionParameters parameters =
        SubmissionParameters.of(operation, List.of(), List.of(), null, null, null, null);
    JobSnapshot job = rows.admit(fields, parameters.operation(), caller.tenant(), caller.actor());
    return Response.accepted(job).build();
  }
}

package io.muster.bulkingest.control;

import io.muster.bulkingest.job.JobSight;
import io.muster.chassis.access.Caller;
import io.muster.chassis.access.Roles;
import io.muster.contracts.job.JobSnapshot;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** Control over one job; operators name the tenant. Every answer is 202 and the job. */
@Path("/v1/jobs/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@Blocking
public class ControlResource {
  private final Caller caller;
  private final PausingJobs pausing;
  private final ResumingJobs resuming;
  private final CancellingJobs cancelling;
  private final ClosingJobs closing;

  ControlResource(
      Caller caller,
      PausingJobs pausing,
      ResumingJobs resuming,
      CancellingJobs cancelling,
      ClosingJobs closing) {
    this.caller = caller;
    this.pausing = pausing;
    this.resuming = resuming;
    this.cancelling = cancelling;
    this.closing = closing;
  }

  @POST
  @Path("/pause")
  @RolesAllowed({Roles.TENANT_ADMIN, Roles.PASSWORD_ADMIN, Roles.OPERATOR})
  public Response pause(@RestPath UUID id, @RestQuery String tenant) {
    return accepted(pausing.pause(JobSight.of(caller, tenant), id));
  }

  @POST
  @Path("/resume")
  @RolesAllowed({Roles.TENANT_ADMIN, Roles.PASSWORD_ADMIN, Roles.OPERATOR})
  public Response resume(@RestPath UUID id, @RestQuery String tenant) {
    JobSight sight = JobSight.of(caller, tenant);
    boolean own = sight.tenant().equals(caller.tenant());
    return accepted(resuming.resume(sight, id, own ? caller.bearer() : null));
  }

  @POST
  @Path("/cancel")
  @RolesAllowed({Roles.TENANT_ADMIN, Roles.PASSWORD_ADMIN, Roles.OPERATOR})
  public Response cancel(@RestPath UUID id, @RestQuery String tenant) {
    return accepted(cancelling.cancel(JobSight.of(caller, tenant), id));
  }

  @POST
  @Path("/close")
  @RolesAllowed({Roles.TENANT_ADMIN, Roles.PASSWORD_ADMIN})
  public Response close(@RestPath UUID id) {
    return accepted(closing.close(JobSight.of(caller), id));
  }

  private static Response accepted(JobSnapshot job) {
    return Response.accepted(job).build();
  }
}

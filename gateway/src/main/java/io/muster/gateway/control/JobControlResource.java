package io.muster.gateway.control;

import io.muster.chassis.access.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** What can be done with a job. These calls read no body and take any content type. */
@Path("/v1/jobs/{id}")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.TENANT_ADMIN, Roles.PASSWORD_ADMIN})
public class JobControlResource {
  private final ControllingJobs jobs;

  JobControlResource(ControllingJobs jobs) {
    this.jobs = jobs;
  }

  @POST
  @Path("pause")
  @RolesAllowed({Roles.TENANT_ADMIN, Roles.PASSWORD_ADMIN, Roles.OPERATOR})
  public Response pause(@PathParam("id") String id) {
    return jobs.steer(id, "pause");
  }

  /** Goes on; a guard that paused the job is disarmed for it. */
  @POST
  @Path("resume")
  @RolesAllowed({Roles.TENANT_ADMIN, Roles.PASSWORD_ADMIN, Roles.OPERATOR})
  public Response resume(@PathParam("id") String id) {
    return jobs.steer(id, "resume");
  }

  @POST
  @Path("cancel")
  @RolesAllowed({Roles.TENANT_ADMIN, Roles.PASSWORD_ADMIN, Roles.OPERATOR})
  public Response cancel(@PathParam("id") String id) {
    return jobs.steer(id, "cancel");
  }

  /** Lets go of rows and before-images at once. */
  @POST
  @Path("close")
  public Response close(@PathParam("id") String id) {
    return jobs.close(id);
  }

  /** Starts a dry run's file for real, as a job of its own. */
  @POST
  @Path("run")
  public Response run(@PathParam("id") String id, @QueryParam("maxFailures") String maxFailures) {
    return jobs.run(id, maxFailures);
  }

  /** Sends what a service refused once more, as a job of its own. */
  @POST
  @Path("retry")
  public Response retry(@PathParam("id") String id, @QueryParam("maxFailures") String maxFailures) {
    return jobs.retry(id, maxFailures);
  }

  /** Takes back what succeeded, as a job of its own. */
  @POST
  @Path("undo")
  public Response undo(@PathParam("id") String id, @QueryParam("maxFailures") String maxFailures) {
    return jobs.undo(id, maxFailures);
  }
}

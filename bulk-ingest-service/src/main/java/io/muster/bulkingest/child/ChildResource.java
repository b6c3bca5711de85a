package io.muster.bulkingest.child;

import io.muster.bulkingest.guard.FailureLimit;
import io.muster.bulkingest.job.JobSight;
import io.muster.bulkingest.upload.UploadLimits;
import io.muster.chassis.access.Caller;
import io.muster.chassis.access.Roles;
import io.muster.chassis.problem.RequestRefused;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.BitSet;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/**
 * Jobs out of jobs. The gateway, which counts the rows' outcomes, says which rows are meant: the
 * bytes of a {@link BitSet}, bit r for the parent's row r.
 */
@Path("/v1/jobs/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@RolesAllowed({Roles.TENANT_ADMIN, Roles.PASSWORD_ADMIN})
public class ChildResource {
  private final Caller caller;
  private final RetryingJobs retrying;
  private final UndoingJobs undoing;
  private final RunningDryRuns running;
  private final UploadLimits limits;

  ChildResource(
      Caller caller,
      RetryingJobs retrying,
      UndoingJobs undoing,
      RunningDryRuns running,
      UploadLimits limits) {
    this.caller = caller;
    this.retrying = retrying;
    this.undoing = undoing;
    this.running = running;
    this.limits = limits;
  }

  @POST
  @Path("/retry")
  @Consumes(MediaType.APPLICATION_OCTET_STREAM)
  public Response retry(InputStream rows, @RestPath UUID id, @RestQuery String maxFailures)
      throws IOException {
    return Response.accepted(retrying.retry(request(id, maxFailures), rows(rows))).build();
  }

  @POST
  @Path("/undo")
  @Consumes(MediaType.APPLICATION_OCTET_STREAM)
  public Response undo(InputStream rows, @RestPath UUID id, @RestQuery String maxFailures)
      throws IOException {
    return Response.accepted(undoing.undo(request(id, maxFailures), rows(rows))).build();
  }

  @POST
  @Path("/run")
  @Consumes(MediaType.WILDCARD)
  public Response run(@RestPath UUID id, @RestQuery String maxFailures) {
    return Response.accepted(running.run(request(id, maxFailures))).build();
  }

  private ChildRequest request(UUID parent, String maxFailures) {
    return new ChildRequest(
        JobSight.of(caller),
        parent,
        caller.actor(),
        caller.bearer(),
        FailureLimit.asked(maxFailures));
  }

  /** Two and a half megabytes for the largest job there can be. */
  private BitSet rows(InputStream body) throws IOException {
    int most = Math.toIntExact(limits.maxRows() / Byte.SIZE + 1);
    byte[] bits = body.readNBytes(most + 1);
    if (bits.length > most) {
      throw RequestRefused.invalid("rows", "That are more rows than a job can have.");
    }
    return BitSet.valueOf(bits);
  }
}

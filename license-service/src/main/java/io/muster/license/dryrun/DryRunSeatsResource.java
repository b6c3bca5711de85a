package io.muster.license.dryrun;

import io.muster.chassis.access.Caller;
import io.muster.chassis.access.Roles;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.job.RequestCode;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;

/**
 * What a dry run would take of each subscription, for the gateway's view of that job: an internal
 * call. Whether the caller may see the job, the gateway has decided before.
 */
@Path("/v1/dry-runs")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.TENANT_ADMIN, Roles.PASSWORD_ADMIN})
public class DryRunSeatsResource {
  private final Caller caller;
  private final CountingNeededSeats counting;

  DryRunSeatsResource(Caller caller, CountingNeededSeats counting) {
    this.caller = caller;
    this.counting = counting;
  }

  /** All of them, by SKU. */
  public record Answer(List<CountingNeededSeats.Needed> items) {}

  /**
   * @param job a job's id; for one that is no dry run of the caller's tenant the list is empty
   */
  @GET
  @Path("/{job}/seats")
  public Answer seats(@PathParam("job") String job) {
    return new Answer(counting.count(caller.tenant(), id(job)));
  }

  private static UUID id(String job) {
    try {
      return UUID.fromString(job);
    } catch (IllegalArgumentException e) {
      throw RequestRefused.because(RequestCode.NOT_FOUND, "There is no job of this id.");
    }
  }
}

package io.muster.gateway.status;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.chassis.access.Caller;
import io.muster.chassis.access.Roles;
import io.muster.contracts.job.JobSource;
import io.muster.contracts.job.JobState;
import io.muster.gateway.access.Collector;
import io.muster.gateway.access.Parameters;
import io.muster.gateway.access.Sight;
import io.muster.gateway.status.FindingJobs.Filter;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** How jobs stand. */
@Path("/v1/jobs")
@RolesAllowed({Roles.TENANT_ADMIN, Roles.PASSWORD_ADMIN, Roles.OPERATOR})
public class JobResource {
  /**
   * A page of jobs, newest first.
   *
   * @param next for {@code after}; null on the last page
   */
  public record JobPage(List<ObjectNode> items, String next) {}

  private final Caller caller;
  private final FindingJobs finding;
  private final SeatsOfDryRuns seats;
  private final ShowingJobs showing;

  JobResource(Caller caller, FindingJobs finding, SeatsOfDryRuns seats, ShowingJobs showing) {
    this.caller = caller;
    this.finding = finding;
    this.seats = seats;
    this.showing = showing;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public JobPage list(
      @QueryParam("state") String state,
      @QueryParam("operation") String operation,
      @QueryParam("source") String source,
      @QueryParam("after") String after,
      @QueryParam("limit") String limit) {
    int most = Parameters.limit(limit);
    Filter filter =
        new Filter(
            Parameters.word("state", state, JobState.class),
            operationName(operation),
            Parameters.word("source", source, JobSource.class));
    List<JobView> found =
        finding.list(Sight.of(caller), filter, Parameters.jobAfter(after), most + 1);
    List<JobView> page = found.subList(0, Math.min(most, found.size()));
    String next = found.size() > most ? page.get(most - 1).job().id().toString() : null;
    Collector viewer = Collector.of(caller);
    return new JobPage(page.stream().map(view -> showing.show(view, viewer)).toList(), next);
  }

  @GET
  @Path("{id}")
  @Produces(MediaType.APPLICATION_JSON)
  public ObjectNode show(@PathParam("id") String id) {
    return finding
        .find(Sight.of(caller), Parameters.jobId(id))
        .map(view -> showing.show(seats.addTo(view, caller.bearer()), Collector.of(caller)))
        .orElseThrow(Parameters::noSuchJob);
  }

  private static String operationName(String text) {
    if (text == null || JobAnswer.MIXED.equalsIgnoreCase(text)) {
      return text == null ? null : JobAnswer.MIXED;
    }
    return Parameters.operation(text).name();
  }
}

package io.muster.gateway.status.rows;

import io.muster.chassis.access.Caller;
import io.muster.chassis.access.Roles;
import io.muster.contracts.result.RowCode;
import io.muster.gateway.access.Parameters;
import io.muster.gateway.access.Sight;
import io.muster.gateway.download.CsvDownload;
import io.muster.gateway.status.FindingJobs;
import io.muster.gateway.status.JobView;
import io.muster.gateway.status.rows.ListingRows.RowPage;
import io.muster.gateway.track.row.RowOutcome;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;

/** What became of a job's rows. They are there until the job is closed. */
@Path("/v1/jobs/{id}")
@RolesAllowed({Roles.TENANT_ADMIN, Roles.PASSWORD_ADMIN})
public class RowsResource {
  private final Caller caller;
  private final FindingJobs finding;
  private final ListingRows listing;
  private final ResultsCsv results;
  private final FailuresCsv failures;
  private final Clock clock;

  RowsResource(
      Caller caller,
      FindingJobs finding,
      ListingRows listing,
      ResultsCsv results,
      FailuresCsv failures,
      Clock clock) {
    this.caller = caller;
    this.finding = finding;
    this.listing = listing;
    this.results = results;
    this.failures = failures;
    this.clock = clock;
  }

  /** A page may be short and still have a next. */
  @GET
  @Path("rows")
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed({Roles.TENANT_ADMIN, Roles.PASSWORD_ADMIN, Roles.OPERATOR})
  public RowPage rows(
      @PathParam("id") String id,
      @QueryParam("outcome") String outcome,
      @QueryParam("code") String code,
      @QueryParam("after") String after,
      @QueryParam("limit") String limit) {
    RowOutcome wanted = Parameters.word("outcome", outcome, RowOutcome.class);
    RowCode wantedCode = Parameters.word("code", code, RowCode.class);
    long behind = Parameters.rowAfter(after);
    int most = Parameters.limit(limit);
    return listing.page(inSight(id), wanted, wantedCode, behind, most, caller.bearer());
  }

  /** Every row with its outcome. */
  @GET
  @Path("results.csv")
  @Produces(CsvDownload.MEDIA_TYPE)
  public Response results(@PathParam("id") String id, @Context RoutingContext http) {
    JobView view = inSight(id);
    String bearer = caller.bearer();
    return CsvDownload.of(
        http, "results-" + view.job().id() + ".csv", csv -> results.write(view, bearer, csv));
  }

  /** The failed rows, to be corrected and uploaded again. */
  @GET
  @Path("failures.csv")
  @Produces(CsvDownload.MEDIA_TYPE)
  public Response failures(@PathParam("id") String id, @Context RoutingContext http) {
    JobView view = inSight(id);
    String bearer = caller.bearer();
    return CsvDownload.of(
        http, "failures-" + view.job().id() + ".csv", csv -> failures.write(view, bearer, csv));
  }

  private JobView inSight(String id) {
    return finding
        .find(Sight.of(caller), Parameters.jobId(id))
        .orElseThrow(Parameters::noSuchJob)
        .stillOpen(clock.instant());
  }
}

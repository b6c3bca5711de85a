package io.muster.gateway.status.rows;

import io.muster.chassis.access.Caller;
import io.muster.chassis.access.Roles;
import io.muster.contracts.result.RowCode;
import io.muster.gateway.access.BreakingOff;
import io.muster.gateway.access.Parameters;
import io.muster.gateway.access.Sight;
import io.muster.gateway.status.FindingJobs;
import io.muster.gateway.status.JobView;
import io.muster.gateway.status.rows.ListingRows.RowPage;
import io.muster.gateway.track.RowOutcome;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What became of a job's rows. */
@Path("/v1/jobs/{id}")
@Tag(name = "jobs")
public class RowsResource {
  private static final String CSV = "text/csv; charset=utf-8";

  private final Caller caller;
  private final FindingJobs finding;
  private final ListingRows listing;
  private final FailuresCsv failures;

  RowsResource(Caller caller, FindingJobs finding, ListingRows listing, FailuresCsv failures) {
    this.caller = caller;
    this.finding = finding;
    this.listing = listing;
    this.failures = failures;
  }

  @GET
  @Path("rows")
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed({Roles.TENANT_ADMIN, Roles.PASSWORD_ADMIN, Roles.OPERATOR})
  @Operation(summary = "List rows with their outcome; a page may be short and still have a next")
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

  @GET
  @Path("failures.csv")
  @Produces(CSV)
  @RolesAllowed({Roles.TENANT_ADMIN, Roles.PASSWORD_ADMIN})
  @Operation(summary = "Download the failed rows, to be corrected and uploaded again")
  public Response failures(@PathParam("id") String id, @Context RoutingContext http) {
    JobView view = inSight(id);
    String bearer = caller.bearer();
    StreamingOutput body = BreakingOff.unlessWhole(http, out -> failures.write(view, bearer, out));
    return Response.ok(body, CSV)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"failures-" + view.job().id() + ".csv\"")
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  private JobView inSight(String id) {
    return finding.find(Sight.of(caller), Parameters.jobId(id)).orElseThrow(Parameters::noSuchJob);
  }
}

package io.muster.bulkingest.rows;

import io.muster.bulkingest.job.JobSight;
import io.muster.chassis.access.Caller;
import io.muster.chassis.access.Roles;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.job.WrittenRow;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/**
 * A job's rows as they were written, for the gateway to lay outcomes over. Operators name the
 * tenant and get numbers, operations and codes alone.
 */
@Path("/v1/jobs/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@RolesAllowed({Roles.TENANT_ADMIN, Roles.PASSWORD_ADMIN, Roles.OPERATOR})
public class RowsResource {
  /** Rows in one answer: a few megabytes at most, well within a 256 MB heap. */
  private static final int MOST = 10_000;

  private final Caller caller;
  private final ReadingRows reading;

  RowsResource(Caller caller, ReadingRows reading) {
    this.caller = caller;
    this.reading = reading;
  }

  @GET
  @Path("/rows")
  public WrittenRow.Page rows(
      @RestPath UUID id,
      @RestQuery String tenant,
      @RestQuery @DefaultValue("0") long after,
      @RestQuery @DefaultValue("1000") int limit) {
    JobSight sight = JobSight.of(caller, tenant);
    return page(id, sight, reading.rows(sight, id, after, checked(limit)));
  }

  /** Only rows that the door refused. */
  @GET
  @Path("/refusals")
  public WrittenRow.Page refusals(
      @RestPath UUID id,
      @RestQuery String tenant,
      @RestQuery @DefaultValue("0") long after,
      @RestQuery @DefaultValue("1000") int limit,
      @RestQuery String code) {
    JobSight sight = JobSight.of(caller, tenant);
    return page(id, sight, reading.refusals(sight, id, after, checked(limit), code));
  }

  /** These rows, in row order; numbers beyond the job's total are left out. */
  @POST
  @Path("/rows/lookup")
  @Consumes(MediaType.APPLICATION_JSON)
  public WrittenRow.Page lookup(@RestPath UUID id, @RestQuery String tenant, List<Long> rows) {
    if (rows == null || rows.size() > MOST) {
      throw RequestRefused.invalid("rows", "Ask for 0 to " + MOST + " row numbers.");
    }
    JobSight sight = JobSight.of(caller, tenant);
    return page(id, sight, reading.lookup(sight, id, rows));
  }

  private WrittenRow.Page page(UUID id, JobSight sight, List<WrittenRow> rows) {
    boolean own =
        sight.tenant().equals(caller.tenant())
            && (caller.has(Roles.TENANT_ADMIN) || caller.has(Roles.PASSWORD_ADMIN));
    return new WrittenRow.Page(id, own ? rows : rows.stream().map(RowsResource::byNumber).toList());
  }

  private static WrittenRow byNumber(WrittenRow row) {
    WrittenRow.Refusal refusal =
        row.refusal() == null ? null : new WrittenRow.Refusal(row.refusal().code(), null);
    return new WrittenRow(row.row(), row.parentRow(), null, row.operation(), refusal, Map.of());
  }

  private static int checked(int limit) {
    if (limit < 1 || limit > MOST) {
      throw RequestRefused.invalid("limit", "Ask for 1 to " + MOST + " rows.");
    }
    return limit;
  }
}

package io.muster.gateway.scim;

import io.muster.chassis.access.Roles;
import io.muster.gateway.access.BodyLimit;
import io.muster.gateway.access.ScimErrors;
import io.muster.gateway.scim.bulk.DoingABulk;
import io.muster.gateway.scim.user.ScimJson;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;

/** Many SCIM operations in one request: one job. */
@Path(ScimErrors.PATH + "/Bulk")
@Consumes(MediaType.WILDCARD)
@Produces({ScimErrors.MEDIA_TYPE, MediaType.APPLICATION_JSON})
@RolesAllowed(Roles.TENANT_ADMIN)
public class ScimBulkResource {
  private final ScimAnswers answers;
  private final DoingABulk bulk;

  ScimBulkResource(ScimAnswers answers, DoingABulk bulk) {
    this.answers = answers;
    this.bulk = bulk;
  }

  /** Answers 200 whatever became of each operation: their statuses stand in the body. */
  @POST
  public Response run(InputStream body, @Context UriInfo request) throws IOException {
    return ScimAnswers.ok(
        bulk.run(ScimJson.read(BodyLimit.read(body)), answers.asking(request, null)));
  }
}

package io.muster.gateway.scim;

import io.muster.chassis.access.Roles;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.job.RequestCode;
import io.muster.gateway.access.ScimErrors;
import io.muster.gateway.scim.describe.Described;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;

/** What the SCIM provider supports: for clients that ask before they begin. */
@Path(ScimErrors.PATH)
@Produces({ScimErrors.MEDIA_TYPE, MediaType.APPLICATION_JSON})
@RolesAllowed(Roles.TENANT_ADMIN)
public class ScimDescriptionResource {
  private final ScimAnswers answers;
  private final Described described;

  ScimDescriptionResource(ScimAnswers answers, Described described) {
    this.answers = answers;
    this.described = described;
  }

  @GET
  @Path("ServiceProviderConfig")
  public Response serviceProviderConfig(@Context UriInfo request) {
    return ScimAnswers.ok(described.serviceProviderConfig(answers.base(request)));
  }

  @GET
  @Path("ResourceTypes")
  public Response resourceTypes(@QueryParam("filter") String filter, @Context UriInfo request) {
    refuseFilter(filter);
    return ScimAnswers.ok(described.list(List.of(described.userType(answers.base(request)))));
  }

  @GET
  @Path("ResourceTypes/{id}")
  public Response resourceType(@PathParam("id") String id, @Context UriInfo request) {
    if (!id.equals("User")) {
      throw notFound();
    }
    return ScimAnswers.ok(described.userType(answers.base(request)));
  }

  @GET
  @Path("Schemas")
  public Response schemas(@QueryParam("filter") String filter, @Context UriInfo request) {
    refuseFilter(filter);
    return ScimAnswers.ok(described.list(described.schemas(answers.base(request))));
  }

  @GET
  @Path("Schemas/{id}")
  public Response schema(@PathParam("id") String id, @Context UriInfo request) {
    return ScimAnswers.ok(
        described.schema(id, answers.base(request)).orElseThrow(ScimDescriptionResource::notFound));
  }

  /** RFC 7644, section 4: with 403, so that nobody takes part of it for all. */
  private static void refuseFilter(String filter) {
    if (filter != null) {
      throw RequestRefused.because(RequestCode.FORBIDDEN, "Descriptions can't be filtered.");
    }
  }

  private static RequestRefused notFound() {
    return RequestRefused.because(RequestCode.NOT_FOUND, "There is no such description.");
  }
}

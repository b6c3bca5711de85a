package io.muster.gateway.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.chassis.access.Roles;
import io.muster.gateway.access.BodyLimit;
import io.muster.gateway.access.ScimErrors;
import io.muster.gateway.scim.find.ListingUsers;
import io.muster.gateway.scim.find.Projection;
import io.muster.gateway.scim.find.Wanted;
import io.muster.gateway.scim.user.ProvisioningUsers;
import io.muster.gateway.scim.user.ProvisioningUsers.Asking;
import io.muster.gateway.scim.user.ScimJson;
import io.muster.gateway.scim.user.ScimUrns;
import io.muster.gateway.scim.user.Versions;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;

/** SCIM's users (RFC 7644): each write is a job whose rows are waited for. */
@Path(ScimErrors.PATH + "/Users")
@Consumes(MediaType.WILDCARD)
@Produces({ScimErrors.MEDIA_TYPE, MediaType.APPLICATION_JSON})
@RolesAllowed(Roles.TENANT_ADMIN)
public class ScimUsersResource {
  private final ScimAnswers answers;
  private final ListingUsers listing;
  private final ProvisioningUsers users;

  ScimUsersResource(ScimAnswers answers, ListingUsers listing, ProvisioningUsers users) {
    this.answers = answers;
    this.listing = listing;
    this.users = users;
  }

  /** A page of users; {@code sortBy} has no effect, as ServiceProviderConfig says. */
  @GET
  public Response list(
      @QueryParam("filter") String filter,
      @QueryParam("startIndex") String startIndex,
      @QueryParam("count") String count,
      @QueryParam("cursor") String cursor,
      @QueryParam("attributes") List<String> attributes,
      @QueryParam("excludedAttributes") List<String> excluded,
      @Context UriInfo request) {
    // An empty one asks for the first page; the framework gives null for it.
    boolean byCursor = request.getQueryParameters().containsKey("cursor");
    String from = cursor == null && byCursor ? "" : cursor;
    return list(Wanted.of(filter, startIndex, count, from, attributes, excluded), request);
  }

  /** The same, asked for in a body: names of people stay out of addresses. */
  @POST
  @Path(".search")
  public Response search(InputStream body, @Context UriInfo request) throws IOException {
    ObjectNode wanted = ScimJson.read(BodyLimit.read(body));
    if (!ScimJson.names(wanted, ScimUrns.SEARCH)) {
      throw ScimErrors.refused("invalidSyntax", "schemas names " + ScimUrns.SEARCH + ".");
    }
    return list(Wanted.of(wanted), request);
  }

  private Response list(Wanted wanted, UriInfo request) {
    Asking asking = answers.asking(request, null);
    return ScimAnswers.ok(listing.list(wanted, asking.base(), asking.bearer()));
  }

  @POST
  public Response create(
      InputStream body,
      @QueryParam("attributes") List<String> attributes,
      @QueryParam("excludedAttributes") List<String> excluded,
      @Context UriInfo request)
      throws IOException {
    ObjectNode created =
        users.create(ScimJson.read(BodyLimit.read(body)), answers.asking(request, null));
    URI location = URI.create(created.path("meta").path("location").asText());
    return one(Response.created(location), created, attributes, excluded);
  }

  @GET
  @Path("{id}")
  public Response read(
      @PathParam("id") String id,
      @QueryParam("attributes") List<String> attributes,
      @QueryParam("excludedAttributes") List<String> excluded,
      @HeaderParam(HttpHeaders.IF_NONE_MATCH) String known,
      @Context UriInfo request) {
    ObjectNode user = users.read(id, answers.asking(request, null));
    if (Versions.names(known, user)) {
      return Response.notModified().header(HttpHeaders.ETAG, Versions.of(user)).build();
    }
    return one(Response.ok(), user, attributes, excluded);
  }

  @PUT
  @Path("{id}")
  public Response replace(
      @PathParam("id") String id,
      InputStream body,
      @QueryParam("attributes") List<String> attributes,
      @QueryParam("excludedAttributes") List<String> excluded,
      @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
      @Context UriInfo request)
      throws IOException {
    ObjectNode resource = ScimJson.read(BodyLimit.read(body));
    ObjectNode user = users.replace(id, resource, answers.asking(request, ifMatch));
    return one(Response.ok(), user, attributes, excluded);
  }

  @PATCH
  @Path("{id}")
  public Response patch(
      @PathParam("id") String id,
      InputStream body,
      @QueryParam("attributes") List<String> attributes,
      @QueryParam("excludedAttributes") List<String> excluded,
      @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
      @Context UriInfo request)
      throws IOException {
    ObjectNode changes = ScimJson.read(BodyLimit.read(body));
    ObjectNode user = users.patch(id, changes, answers.asking(request, ifMatch));
    return one(Response.ok(), user, attributes, excluded);
  }

  @DELETE
  @Path("{id}")
  public Response remove(
      @PathParam("id") String id,
      @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
      @Context UriInfo request) {
    users.remove(id, answers.asking(request, ifMatch));
    return Response.noContent().build();
  }

  private static Response one(
      Response.ResponseBuilder answer,
      ObjectNode user,
      List<String> attributes,
      List<String> excluded) {
    Wanted wanted = Wanted.of(null, null, null, null, attributes, excluded);
    return ScimAnswers.with(
        answer
            .header(HttpHeaders.ETAG, Versions.of(user))
            .contentLocation(URI.create(user.path("meta").path("location").asText())),
        Projection.of(user, wanted.attributes(), wanted.excludedAttributes()));
  }
}

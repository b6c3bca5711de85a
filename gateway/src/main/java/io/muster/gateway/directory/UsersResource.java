package io.muster.gateway.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.chassis.access.Caller;
import io.muster.chassis.access.Roles;
import io.muster.gateway.download.CsvDownload;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;

/** The unified address list. */
@Path("/v1/users")
@RolesAllowed({Roles.TENANT_ADMIN, Roles.PASSWORD_ADMIN, Roles.READER})
public class UsersResource {
  private static final String CSV = "text/csv";

  private final Caller caller;
  private final ReadingUsers users;
  private final ExportingUsers exporting;

  UsersResource(Caller caller, ReadingUsers users, ExportingUsers exporting) {
    this.caller = caller;
    this.users = users;
    this.exporting = exporting;
  }

  /** A page in JSON, or, with {@code Accept: text/csv}, all of the list as a file. */
  @GET
  @Produces({MediaType.APPLICATION_JSON, CSV})
  public Response list(
      @Context UriInfo request, @Context HttpHeaders headers, @Context RoutingContext http) {
    String query = request.getRequestUri().getRawQuery();
    String bearer = caller.bearer();
    if (!wantsFile(headers)) {
      return Response.ok(users.list(query, bearer), MediaType.APPLICATION_JSON).build();
    }
    InputStream answer = exporting.ask(query, bearer);
    return CsvDownload.of(http, "users.csv", csv -> exporting.write(answer, bearer, csv));
  }

  @GET
  @Path("{upn}")
  @Produces(MediaType.APPLICATION_JSON)
  public ObjectNode show(@PathParam("upn") String userPrincipalName) {
    return users.show(userPrincipalName, caller.bearer());
  }

  /** Whoever takes anything gets JSON. */
  private static boolean wantsFile(HttpHeaders headers) {
    for (MediaType type : headers.getAcceptableMediaTypes()) {
      if (type.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
        return false;
      }
      if (type.isCompatible(MediaType.valueOf(CSV))) {
        return true;
      }
    }
    return false;
  }
}

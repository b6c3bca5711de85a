package io.muster.gateway.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.chassis.access.Caller;
import io.muster.chassis.access.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The unified address list. */
@Path("/v1/users")
@Tag(name = "users")
@RolesAllowed({Roles.TENANT_ADMIN, Roles.PASSWORD_ADMIN, Roles.READER})
public class UsersResource {
  private final Caller caller;
  private final ReadingUsers users;

  UsersResource(Caller caller, ReadingUsers users) {
    this.caller = caller;
    this.users = users;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "List users, disabled accounts included")
  @Parameter(name = "query", in = ParameterIn.QUERY)
  @Parameter(name = "state", in = ParameterIn.QUERY)
  @Parameter(name = "unit", in = ParameterIn.QUERY)
  @Parameter(name = "after", in = ParameterIn.QUERY)
  @Parameter(name = "limit", in = ParameterIn.QUERY)
  public JsonNode list(@Context UriInfo request) {
    return users.list(request.getRequestUri().getRawQuery(), caller.bearer());
  }

  @GET
  @Path("{upn}")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "Show a user")
  public ObjectNode show(@PathParam("upn") String userPrincipalName) {
    return users.show(userPrincipalName, caller.bearer());
  }
}

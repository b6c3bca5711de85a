package io.muster.license.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.chassis.access.Caller;
import io.muster.chassis.access.Roles;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.job.RequestCode;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Who holds what, for the gateway's list of users: an internal call, open to everybody who may see
 * users. Which users those are, the gateway has asked user-service before.
 */
@Path("/v1/assignments")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.TENANT_ADMIN, Roles.PASSWORD_ADMIN, Roles.READER})
public class AssignmentsResource {
  /** A page of users is never longer. */
  private static final int MOST_NAMES = 1_000;

  private final Caller caller;
  private final LookingUpLicenses looking;
  private final ObjectMapper json;

  AssignmentsResource(Caller caller, LookingUpLicenses looking, ObjectMapper json) {
    this.caller = caller;
    this.looking = looking;
    this.json = json;
  }

  /**
   * @param body a JSON list of user principal names
   */
  @POST
  @Path("/lookup")
  @Consumes(MediaType.WILDCARD)
  public List<LookingUpLicenses.Holder> lookUp(byte[] body) {
    return looking.lookUp(caller.tenant(), names(body));
  }

  private List<String> names(byte[] body) {
    try {
      JsonNode asked = json.readTree(body);
      List<String> names = new ArrayList<>();
      asked.forEach(name -> names.add(name.isTextual() ? name.textValue() : null));
      if (asked.isArray() && names.size() <= MOST_NAMES && !names.contains(null)) {
        return names;
      }
    } catch (IOException e) {
      // Refused below; Jackson's text quotes names. Bytes that are no text in any encoding are not
      // always a JsonProcessingException.
    }
    throw RequestRefused.because(
        RequestCode.INVALID_REQUEST, "The body is a JSON list of 1,000 user names at most.");
  }
}

package io.muster.gateway.scim;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.chassis.access.Caller;
import io.muster.gateway.access.ScimErrors;
import io.muster.gateway.scim.user.ProvisioningUsers.Asking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;

/** What all SCIM calls have in common: addresses, and answers that nobody keeps. */
@ApplicationScoped
class ScimAnswers {
  private final ScimConfig config;
  private final Caller caller;

  ScimAnswers(ScimConfig config, Caller caller) {
    this.config = config;
    this.caller = caller;
  }

  /** What absolute addresses begin with, without a slash at the end. */
  String base(UriInfo request) {
    String base =
        config
            .baseUrl()
            .orElseGet(() -> request.getBaseUriBuilder().path(ScimErrors.PATH).build().toString());
    return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
  }

  Asking asking(UriInfo request, String ifMatch) {
    return new Asking(base(request), caller.bearer(), ifMatch);
  }

  static Response ok(JsonNode body) {
    return with(Response.ok(), body);
  }

  static Response with(Response.ResponseBuilder answer, JsonNode body) {
    return answer
        .entity(body.toString().getBytes(StandardCharsets.UTF_8))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }
}

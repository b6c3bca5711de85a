package io.muster.gateway.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.chassis.problem.Problem;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Answers calls that JAX-RS never sees with the problem document that it would write, or with
 * SCIM's words for it. Thread-safe.
 */
@ApplicationScoped
class EarlyRefusal {
  private final ObjectMapper json;

  EarlyRefusal(ObjectMapper json) {
    this.json = json;
  }

  /** Ends the call. */
  void refuse(RoutingContext call, Problem problem) {
    String address = call.request().uri();
    boolean scim = address != null && address.startsWith(ScimErrors.PATH + "/");
    try {
      var unused =
          call.response()
              .setStatusCode(problem.status())
              .putHeader(
                  HttpHeaders.CONTENT_TYPE, scim ? ScimErrors.MEDIA_TYPE : Problem.MEDIA_TYPE)
              .end(json.writeValueAsString(scim ? ScimErrors.json(problem) : problem));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a problem makes no JSON", e);
    }
  }
}

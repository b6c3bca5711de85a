package io.muster.gateway.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.chassis.problem.Problem;
import io.muster.contracts.job.RequestCode;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;

/**
 * Holds the body of every call but the upload to 1 MiB, whether its length is told or not. Quarkus
 * has one limit for all routes, and that must let files pass.
 */
@ApplicationScoped
public class BodyLimit {
  private static final long LARGEST_BODY = 1024 * 1024;
  private static final String UPLOAD = "/v1/jobs";

  /** Behind authentication and before JAX-RS: strangers' bodies aren't even read. */
  private static final int ORDER = -1;

  private final ObjectMapper json;

  BodyLimit(ObjectMapper json) {
    this.json = json;
  }

  void register(@Observes Router router) {
    Handler<RoutingContext> read =
        BodyHandler.create(false).setBodyLimit(LARGEST_BODY).setHandleFileUploads(false);
    router
        .route()
        .order(ORDER)
        .handler(
            call -> {
              if (isUpload(call)) {
                call.next();
              } else {
                read.handle(call);
              }
            })
        .failureHandler(
            call -> {
              if (call.statusCode() == 413) {
                refuse(call);
              } else {
                call.next();
              }
            });
  }

  private static boolean isUpload(RoutingContext call) {
    return call.request().method() == HttpMethod.POST && UPLOAD.equals(call.normalizedPath());
  }

  private void refuse(RoutingContext call) {
    RequestCode code = RequestCode.TOO_LARGE;
    Problem problem =
        new Problem(
            code.name(),
            "The body is too large",
            413,
            "The body of this call is limited to 1 MiB; files go to POST /v1/jobs.",
            null,
            Map.of());
    try {
      call.response()
          .setStatusCode(413)
          .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
          // What is left of the body is not read.
          .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
          .end(json.writeValueAsString(problem));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}

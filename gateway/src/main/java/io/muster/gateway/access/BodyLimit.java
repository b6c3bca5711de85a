package io.muster.gateway.access;

import io.muster.chassis.problem.BreakingOff;
import io.muster.chassis.problem.Problem;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.job.RequestCode;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * Holds the body of every call but the upload to 1 MiB. Quarkus has one limit for all routes, and
 * that must let files pass. A told length is refused here, for every call; a body of untold length
 * is refused by {@link #read}, which calls with a body read it with. Vert.x's own body handler is
 * no way: it parses forms, and logs what it can't parse.
 */
@ApplicationScoped
public class BodyLimit {
  private static final int LARGEST_BODY = 1024 * 1024;
  private static final String UPLOAD = "/v1/jobs";

  /** Behind authentication and before JAX-RS. */
  private static final int ORDER = -1;

  /** For how long what a refused client still sends is thrown away. */
  private static final long DISCARD_MILLIS = 60_000;

  /**
   * What came with the call is thrown away by then; a timer holds the call and all of its answer.
   */
  private static final long ARRIVED_MILLIS = 100;

  private final EarlyRefusal refusal;

  BodyLimit(EarlyRefusal refusal) {
    this.refusal = refusal;
  }

  /**
   * Reads a body of a call that isn't an upload.
   *
   * @throws RequestRefused TOO_LARGE
   */
  public static byte[] read(InputStream body) throws IOException {
    byte[] bytes = body.readNBytes(LARGEST_BODY + 1);
    if (bytes.length > LARGEST_BODY) {
      throw RequestRefused.passedOn(tooLarge());
    }
    return bytes;
  }

  void register(@Observes Router router) {
    router.route().order(Integer.MIN_VALUE).handler(BodyLimit::endDiscarding);
    router.route().order(ORDER).handler(this::check);
  }

  /**
   * An answer may come before the body's end; the rest is read and thrown away, but not for ever.
   */
  private static void endDiscarding(RoutingContext call) {
    if (hasBody(call.request())) {
      call.addEndHandler(
          ended -> unlessEnded(call, ARRIVED_MILLIS, () -> breakOffAfter(call, DISCARD_MILLIS)));
    }
    call.next();
  }

  /** RFC 9112, 6.3: a request that names neither has none. */
  private static boolean hasBody(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
        || (length != null && !length.equals("0"));
  }

  private static void breakOffAfter(RoutingContext call, long millis) {
    unlessEnded(
        call,
        millis,
        () -> {
          var unused = BreakingOff.call(call);
        });
  }

  /** Looks when the time has passed whether all of the body has come. */
  private static void unlessEnded(RoutingContext call, long millis, Runnable then) {
    if (!call.request().isEnded()) {
      call.vertx()
          .setTimer(
              millis,
              timer -> {
                if (!call.request().isEnded()) {
                  then.run();
                }
              });
    }
  }

  private void check(RoutingContext call) {
    HttpServerRequest request = call.request();
    boolean upload = request.method() == HttpMethod.POST && UPLOAD.equals(call.normalizedPath());
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    // Vert.x refused what is no number; more than ten digits are more than 1 MiB.
    if (upload
        || length == null
        || (length.length() <= 10 && Long.parseLong(length) <= LARGEST_BODY)) {
      call.next();
      return;
    }
    refusal.refuse(call, tooLarge());
  }

  private static Problem tooLarge() {
    return new Problem(
        RequestCode.TOO_LARGE.name(),
        "The body is too large",
        413,
        "The body of this call is limited to 1 MiB; files go to POST /v1/jobs.",
        null,
        Map.of());
  }
}

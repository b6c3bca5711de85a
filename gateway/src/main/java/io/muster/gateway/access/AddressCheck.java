package io.muster.gateway.access;

import io.muster.chassis.problem.Problem;
import io.muster.contracts.job.RequestCode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;

/**
 * Refuses addresses with characters that must be escaped, a {@code |} or a lone {@code %} for
 * instance. Quarkus makes the same check in front of every route and answers it with nothing but a
 * status; the system property {@link #LEFT_TO_US}, which {@link io.muster.gateway.Gateway} sets,
 * leaves it to this one.
 */
@ApplicationScoped
public class AddressCheck {
  /** Of Vert.x and Quarkus: read once, before anything of an application runs. */
  public static final String LEFT_TO_US = "vertx.disableURIValidation";

  /** Behind {@link BodyLimit}'s watch over what refused clients still send. */
  private static final int ORDER = Integer.MIN_VALUE + 1;

  private final EarlyRefusal refusal;

  AddressCheck(EarlyRefusal refusal) {
    this.refusal = refusal;
  }

  void register(@Observes Router router) {
    router.route().order(ORDER).handler(this::check);
  }

  private void check(RoutingContext call) {
    if (isAddress(call.request().uri())) {
      call.next();
    } else {
      refusal.refuse(call, unescaped());
    }
  }

  /** A CONNECT of HTTP/2 has none. */
  private static boolean isAddress(String text) {
    if (text == null) {
      return false;
    }
    try {
      var unused = new URI(text);
      return true;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static Problem unescaped() {
    RequestCode code = RequestCode.INVALID_REQUEST;
    return new Problem(
        code.name(),
        code.title(),
        code.status(),
        "The address holds a character that has to be escaped: %7C for | and %25 for %, for"
            + " example.",
        null,
        Map.of());
  }
}

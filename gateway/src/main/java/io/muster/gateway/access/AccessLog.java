package io.muster.gateway.access;

import io.muster.chassis.access.Caller;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;

/**
 * One line per call: method, the class that answers, status and time. Never a path, query or
 * subject: they name people.
 */
public class AccessLog {
  private static final Logger LOG = Logger.getLogger("io.muster.gateway.access.log");
  private static final String BEGAN = "muster.began";

  private final Caller caller;
  private final SecurityIdentity identity;

  AccessLog(Caller caller, SecurityIdentity identity) {
    this.caller = caller;
    this.identity = identity;
  }

  @ServerRequestFilter(preMatching = true)
  public void begin(ContainerRequestContext request) {
    request.setProperty(BEGAN, System.nanoTime());
  }

  @ServerResponseFilter
  public void end(
      ContainerRequestContext request,
      ContainerResponseContext response,
      SimpleResourceInfo resource) {
    long began = request.getProperty(BEGAN) instanceof Long nanos ? nanos : System.nanoTime();
    String call =
        resource == null || resource.getResourceClass() == null
            ? "unknown"
            : resource.getResourceClass().getSimpleName() + '.' + resource.getMethodName();
    MDC.put("tenant", tenant());
    MDC.put("call", call);
    MDC.put("status", response.getStatus());
    MDC.put("millis", (System.nanoTime() - began) / 1_000_000);
    try {
      LOG.infof("%s %s answered %d", request.getMethod(), call, response.getStatus());
    } finally {
      MDC.remove("tenant");
      MDC.remove("call");
      MDC.remove("status");
      MDC.remove("millis");
    }
  }

  private String tenant() {
    try {
      return identity.isAnonymous() ? "-" : caller.tenant();
    } catch (RuntimeException e) {
      return "-";
    }
  }
}

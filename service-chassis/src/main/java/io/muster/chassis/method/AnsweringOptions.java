package io.muster.chassis.method;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.util.SortedSet;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Answers OPTIONS with the methods that the address takes. The framework names those of the first
 * resource that has something below the path, whatever stands behind it.
 */
public class AnsweringOptions {
  private final AllowedMethods allowed;

  AnsweringOptions(AllowedMethods allowed) {
    this.allowed = allowed;
  }

  /**
   * @return null for every other method, and where nobody answers
   */
  @ServerRequestFilter(preMatching = true)
  public Response answer(ContainerRequestContext request) {
    if (!HttpMethod.OPTIONS.equals(request.getMethod())) {
      return null;
    }
    SortedSet<String> methods = allowed.at(request.getUriInfo().getRequestUri().getRawPath());
    return methods.isEmpty() ? null : Response.ok().allow(methods).build();
  }
}

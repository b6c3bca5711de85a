package io.muster.gateway.scim;

import io.muster.chassis.problem.Problem;
import io.muster.gateway.access.ScimErrors;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import java.lang.annotation.Annotation;
import java.nio.charset.StandardCharsets;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Lets every refusal of a SCIM call leave in SCIM's words, whoever refused. */
public class ScimErrorFilter {
  /** After those who look at what was refused: response filters go from high to low. */
  private static final int LAST = 1;

  private static final MediaType TYPE = MediaType.valueOf(ScimErrors.MEDIA_TYPE);

  @ServerResponseFilter(priority = LAST)
  public void inScim(ContainerRequestContext request, ContainerResponseContext response) {
    if (response.getEntity() instanceof Problem problem && isScim(request)) {
      response.setStatus(ScimErrors.status(problem));
      response.setEntity(
          ScimErrors.json(problem).toString().getBytes(StandardCharsets.UTF_8),
          new Annotation[0],
          TYPE);
    }
  }

  private static boolean isScim(ContainerRequestContext request) {
    String path = request.getUriInfo().getPath();
    return (path.startsWith("/") ? path : "/" + path).startsWith("/scim/");
  }
}

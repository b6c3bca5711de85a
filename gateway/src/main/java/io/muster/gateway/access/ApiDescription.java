package io.muster.gateway.access;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.io.InputStream;

/** The description of the topics; the one of these calls is served by Quarkus at /q/openapi. */
@Path("/asyncapi.yaml")
public class ApiDescription {
  @GET
  @PermitAll
  @Produces("application/yaml")
  public byte[] asyncApi() throws IOException {
    try (InputStream yaml =
        Thread.currentThread().getContextClassLoader().getResourceAsStream("asyncapi.yaml")) {
      return yaml.readAllBytes();
    }
  }
}

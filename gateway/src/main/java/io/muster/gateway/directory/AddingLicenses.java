package io.muster.gateway.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.gateway.access.ServiceCalls;
import io.muster.gateway.access.ServicesConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;

/** Adds to users what license-service knows that they hold: one call for a whole page. */
@ApplicationScoped
class AddingLicenses {
  private static final String LICENSES = "licenses";

  private final ServiceCalls calls;
  private final ServicesConfig services;
  private final ObjectMapper json;

  AddingLicenses(ServiceCalls calls, ServicesConfig services, ObjectMapper json) {
    this.calls = calls;
    this.services = services;
    this.json = json;
  }

  /**
   * @param users 1,000 at most, as user-service tells them
   * @throws io.muster.chassis.problem.RequestRefused UNAVAILABLE while license-service is away
   */
  void addTo(List<ObjectNode> users, String bearer) {
    users.forEach(user -> user.putArray(LICENSES));
    List<ObjectNode> holders = users.stream().filter(AddingLicenses::mayHold).toList();
    if (holders.isEmpty()) {
      return;
    }
    ArrayNode names = json.createArrayNode();
    holders.forEach(user -> names.add(user.path("userPrincipalName").asText()));
    JsonNode found = lookUp(names, bearer);
    for (int i = 0; i < holders.size(); i++) {
      holders.get(i).set(LICENSES, found.path(i).path(LICENSES));
    }
  }

  /** Seats are held by name, and the name of a removed account may be in use again. */
  private static boolean mayHold(ObjectNode user) {
    return !"REMOVED".equals(user.path("state").asText());
  }

  private JsonNode lookUp(ArrayNode names, String bearer) {
    try (InputStream answer =
        calls.post(
            services.licenseUrl(),
            "/v1/assignments/lookup",
            bearer,
            Map.of(),
            BodyPublishers.ofString(names.toString()))) {
      JsonNode found = json.readTree(answer);
      if (found.size() == names.size()) {
        return found;
      }
    } catch (IOException e) {
      // Without Jackson's text, which quotes users.
    }
    throw new IllegalStateException("license-service's answer can't be read");
  }
}

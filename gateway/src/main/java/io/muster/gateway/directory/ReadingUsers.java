package io.muster.gateway.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.job.RequestCode;
import io.muster.gateway.access.ServiceCalls;
import io.muster.gateway.access.ServicesConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Users as user-service tells them, with their licenses. */
@ApplicationScoped
public class ReadingUsers {
  private final ServiceCalls calls;
  private final ServicesConfig services;
  private final AddingLicenses licenses;
  private final ObjectMapper json;

  ReadingUsers(
      ServiceCalls calls, ServicesConfig services, AddingLicenses licenses, ObjectMapper json) {
    this.calls = calls;
    this.services = services;
    this.licenses = licenses;
    this.json = json;
  }

  /**
   * @param rawQuery as the caller sent it; user-service checks it
   * @throws RequestRefused UNAVAILABLE while user-service or license-service is away
   */
  JsonNode list(String rawQuery, String bearer) {
    JsonNode page = read("/v1/users" + (rawQuery == null ? "" : "?" + rawQuery), bearer);
    List<ObjectNode> users = new ArrayList<>();
    page.path("items").forEach(user -> users.add((ObjectNode) user));
    licenses.addTo(users, bearer);
    return page;
  }

  /**
   * @throws RequestRefused NOT_FOUND when there is no such user in sight
   */
  public ObjectNode show(String userPrincipalName, String bearer) {
    if (userPrincipalName.indexOf('@') < 0) {
      // No name at all, and user-service has other things at such addresses.
      throw RequestRefused.because(
          RequestCode.NOT_FOUND, "There is no such user that you may see.");
    }
    String segment =
        URLEncoder.encode(userPrincipalName, StandardCharsets.UTF_8).replace("+", "%20");
    ObjectNode user = (ObjectNode) read("/v1/users/" + segment, bearer);
    licenses.addTo(List.of(user), bearer);
    return user;
  }

  private JsonNode read(String path, String bearer) {
    try (InputStream answer = calls.get(services.userUrl(), path, bearer)) {
      return json.readTree(answer);
    } catch (IOException e) {
      // Without Jackson's text, which quotes users.
      throw new IllegalStateException("user-service's answer can't be read");
    }
  }
}

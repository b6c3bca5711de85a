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
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

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
  public JsonNode list(String rawQuery, String bearer) {
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

  /**
   * Users in use by what names one or a few: of 1,000 values in one call.
   *
   * @param by ID, USER_PRINCIPAL_NAME, EXTERNAL_ID, EMPLOYEE_ID or ALTERNATE_EMAIL
   * @param values those that nobody has are passed over
   * @return by user principal name, 1,000 at most
   */
  public List<ObjectNode> lookUp(String by, Collection<String> values, String bearer) {
    if (values.isEmpty()) {
      return List.of();
    }
    ObjectNode wanted = json.createObjectNode().put("by", by);
    values.forEach(wanted.putArray("values")::add);
    JsonNode found =
        parse(
            calls.post(
                services.userUrl(),
                "/v1/users/lookup",
                bearer,
                Map.of(),
                BodyPublishers.ofString(wanted.toString())));
    List<ObjectNode> users = new ArrayList<>();
    found.path("items").forEach(user -> users.add((ObjectNode) user));
    licenses.addTo(users, bearer);
    return users;
  }

  /**
   * How many users in use there are.
   *
   * @param state null for all states
   */
  public long count(String state, String bearer) {
    String query = state == null ? "" : "?state=" + state;
    return read("/v1/users/count" + query, bearer).path("count").asLong();
  }

  private JsonNode read(String path, String bearer) {
    return parse(calls.get(services.userUrl(), path, bearer));
  }

  private JsonNode parse(InputStream body) {
    try (InputStream answer = body) {
      return json.readTree(answer);
    } catch (IOException e) {
      // Without Jackson's text, which quotes users.
      throw new IllegalStateException("user-service's answer can't be read");
    }
  }
}

package io.muster.bulkingest.hr.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.bulkingest.guard.UserServiceConfig;
import io.muster.chassis.access.ServiceTokens;
import io.muster.chassis.call.CallingInstances;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks user-service which accounts employees have, many at once, and how many are active. Blocks.
 * Thread-safe. Fails while user-service can't be asked: whoever decides by it has to wait.
 */
@Startup // a key that can't be is told at the start, not by the first event
@ApplicationScoped
public class AccountsOfEmployees {
  private static final String OURSELVES = "bulk-ingest-service";
  private static final String USER_SERVICE = "user-service";

  /** What user-service answers at a time. */
  private static final int MOST = 1_000;

  private final UserServiceConfig config;
  private final CallingInstances instances;
  private final ServiceTokens tokens;
  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient http;

  AccountsOfEmployees(
      UserServiceConfig config, ServiceTokensConfig keys, CallingInstances instances, Clock clock) {
    this.config = config;
    this.instances = instances;
    this.tokens = new ServiceTokens(keys.keys(), clock);
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(config.connectTimeout())
            .build();
  }

  /**
   * @return those who have an account in use; by employee id
   * @throws IllegalStateException when user-service doesn't answer
   */
  public Map<String, KnownAccount> of(String tenant, Collection<String> employeeIds) {
    Map<String, KnownAccount> found = new HashMap<>();
    List<String> all = List.copyOf(employeeIds);
    for (int from = 0; from < all.size(); from += MOST) {
      JsonNode answer =
          ask(
              tenant,
              "/v1/employees/lookup",
              Map.of("employeeIds", all.subList(from, Math.min(from + MOST, all.size()))));
      for (JsonNode item : answer.path("items")) {
        KnownAccount account =
            new KnownAccount(
                item.path("employeeId").asText(),
                item.path("userPrincipalName").asText(),
                item.path("state").asText().equals("ACTIVE"));
        found.put(account.employeeId(), account);
      }
    }
    return found;
  }

  /**
   * How many active accounts the tenant has.
   *
   * @param most where counting ends: beyond it, it makes no difference
   * @throws IllegalStateException when user-service doesn't answer
   */
  public long active(String tenant, long most) {
    JsonNode active = ask(tenant, "/v1/employees/count", Map.of("most", most)).path("active");
    if (!active.isIntegralNumber()) {
      throw new IllegalStateException("user-service answers no number of accounts");
    }
    return active.asLong();
  }

  private JsonNode ask(String tenant, String path, Map<String, ?> question) {
    try {
      byte[] body = json.writeValueAsBytes(question);
      HttpResponse<byte[]> answer =
          instances.send(
              http,
              config.userUrl(),
              each -> request(each, path, tenant, body),
              BodyHandlers.ofByteArray());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(
            answer.statusCode() == 401
                ? "user-service doesn't know this service: give both the same muster.service-tokens.keys"
                : "user-service answers %d to %s".formatted(answer.statusCode(), path));
      }
      return json.readTree(answer.body());
    } catch (IOException e) {
      throw new IllegalStateException("user-service doesn't answer " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while user-service was asked", e);
    }
  }

  private HttpRequest request(URI userService, String path, String tenant, byte[] body) {
    return HttpRequest.newBuilder(URI.create(userService + path))
        .timeout(config.answerTimeout())
        .header("Authorization", tokens.header(OURSELVES, USER_SERVICE, tenant))
        .header("Content-Type", "application/json")
        .header("Accept", "application/json")
        .POST(BodyPublishers.ofByteArray(body))
        .build();
  }
}

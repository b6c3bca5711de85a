package io.muster.bulkingest.guard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.chassis.call.CallingInstances;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.jboss.logging.Logger;

/** Asks user-service how many active accounts the caller's tenant has. Blocks. Thread-safe. */
@ApplicationScoped
public class ActiveAccounts {
  private static final Logger LOG = Logger.getLogger(ActiveAccounts.class);

  private final UserServiceConfig config;
  private final CallingInstances instances;
  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient http;

  ActiveAccounts(UserServiceConfig config, CallingInstances instances) {
    this.instances = instances;
    this.config = config;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(config.connectTimeout())
            .build();
  }

  /**
   * @param bearer the caller's Authorization header
   * @return null when nobody could tell: an upload isn't refused for it, its guard is strict then
   */
  public Long count(String bearer) {
    try {
      HttpResponse<byte[]> answer =
          instances.send(
              http, config.userUrl(), each -> request(each, bearer), BodyHandlers.ofByteArray());
      JsonNode count =
          answer.statusCode() == 200 ? json.readTree(answer.body()).path("count") : null;
      if (count != null && count.isIntegralNumber()) {
        return count.asLong();
      }
      LOG.warnf("user-service answers %d for the active accounts", answer.statusCode());
    } catch (IOException e) {
      LOG.warnf("user-service counts no accounts: %s", e.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return null;
  }

  private HttpRequest request(URI userService, String bearer) {
    return HttpRequest.newBuilder(URI.create(userService + "/v1/users/count?state=ACTIVE"))
        .timeout(config.answerTimeout())
        .header("Authorization", bearer)
        .header("Accept", "application/json")
        .GET()
        .build();
  }
}

package io.muster.gateway.submit;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.chassis.problem.RequestRefused;
import io.muster.gateway.access.ServiceCalls;
import io.muster.gateway.access.ServicesConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Fetches the password that a single call made, once. */
@ApplicationScoped
public class HandedOut {
  private static final Logger LOG = Logger.getLogger(HandedOut.class);

  private final ServiceCalls calls;
  private final ServicesConfig services;
  private final ObjectMapper json;

  HandedOut(ServiceCalls calls, ServicesConfig services, ObjectMapper json) {
    this.calls = calls;
    this.services = services;
    this.json = json;
  }

  /**
   * @param bearer the caller's Authorization header: only the submitter gets it
   * @return empty when the job made none; when it can't be fetched just now it stays with the job's
   *     credentials.csv
   */
  Optional<String> take(UUID jobId, String bearer) {
    try (InputStream answer =
        calls.post(
            services.userUrl(),
            "/v1/jobs/" + jobId + "/handout/take",
            bearer,
            Map.of(),
            BodyPublishers.noBody())) {
      return Optional.ofNullable(json.readTree(answer).path("password").asText(null));
    } catch (RequestRefused | IOException e) {
      LOG.debugf("no password to hand out with job %s", jobId);
      return Optional.empty();
    }
  }
}

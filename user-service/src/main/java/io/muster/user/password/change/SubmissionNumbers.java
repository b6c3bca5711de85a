package io.muster.user.password.change;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.chassis.call.CallingInstances;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.job.RequestCode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.jboss.logging.Logger;

/** Draws numbers from the one sequence that all admissions share; bulk-ingest-service has it. */
@ApplicationScoped
class SubmissionNumbers {
  private static final Logger LOG = Logger.getLogger(SubmissionNumbers.class);

  private final ServicesConfig config;
  private final CallingInstances instances;
  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient http;

  SubmissionNumbers(ServicesConfig config, CallingInstances instances) {
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
   * @return fails with UNAVAILABLE when nobody answers
   */
  Uni<Long> next(String bearer) {
    return Uni.createFrom()
        .completionStage(
            () ->
                instances.sendLater(
                    http,
                    config.bulkIngestUrl(),
                    each -> request(each, bearer),
                    BodyHandlers.ofByteArray()))
        .onItem()
        .transform(this::number)
        .onFailure(failure -> !(failure instanceof RequestRefused))
        .transform(
            failure -> {
              LOG.warnf(
                  "bulk-ingest-service draws no submission number: %s",
                  failure.getClass().getSimpleName());
              return unavailable();
            });
  }

  private HttpRequest request(URI bulkIngest, String bearer) {
    return HttpRequest.newBuilder(URI.create(bulkIngest + "/v1/submissions"))
        .timeout(config.answerTimeout())
        .header("Authorization", bearer)
        .header("Accept", "application/json")
        .POST(BodyPublishers.noBody())
        .build();
  }

  private long number(HttpResponse<byte[]> answer) {
    try {
      long number =
          answer.statusCode() == 200 ? json.readTree(answer.body()).path("submission").asLong() : 0;
      if (number > 0) {
        return number;
      }
      LOG.warnf("bulk-ingest-service answers %d for a number", answer.statusCode());
    } catch (IOException e) {
      LOG.warn("bulk-ingest-service answers no number");
    }
    throw unavailable();
  }

  private static RequestRefused unavailable() {
    return RequestRefused.because(
        RequestCode.UNAVAILABLE, "A part of the system is away just now. Try again in a moment.");
  }
}

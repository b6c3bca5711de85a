package io.muster.gateway.access;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.chassis.problem.Problem;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.job.RequestCode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Asks another service on behalf of the caller: with the caller's own token, which is verified
 * there again. Blocks. Thread-safe.
 */
@ApplicationScoped
public class ServiceCalls {
  private static final Logger LOG = Logger.getLogger(ServiceCalls.class);
  private static final int LARGEST_PROBLEM = 64 * 1024;

  private final HttpClient http;
  private final ServicesConfig config;
  private final ObjectMapper json;

  ServiceCalls(ServicesConfig config, ObjectMapper json) {
    this.config = config;
    this.json = json;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(config.connectTimeout())
            .build();
  }

  /**
   * @param bearer the caller's Authorization header
   * @return the body of a 2xx answer, still being read: close it
   * @throws RequestRefused with the problem that the service answered, or UNAVAILABLE
   */
  public InputStream get(URI service, String path, String bearer) {
    return send(request(service, path, bearer).GET().build());
  }

  /**
   * {@link #get(URI, String, String)} of something that isn't JSON.
   *
   * @param accept its media type
   */
  public InputStream get(URI service, String path, String bearer, String accept) {
    return send(request(service, path, bearer).setHeader("Accept", accept).GET().build());
  }

  /**
   * An answer that is small, read to its end before any of it is passed on.
   *
   * @param answer closed
   * @throws RequestRefused UNAVAILABLE when it breaks off
   */
  public static byte[] whole(InputStream answer) {
    try (answer) {
      return answer.readAllBytes();
    } catch (IOException e) {
      throw unavailable();
    }
  }

  /**
   * @param bearer the caller's Authorization header
   * @param headers more of them, or other ones: the body counts as JSON unless they say otherwise
   * @return the body of a 2xx answer, still being read: close it
   * @throws RequestRefused with the problem that the service answered, or UNAVAILABLE
   */
  public InputStream post(
      URI service, String path, String bearer, Map<String, String> headers, BodyPublisher body) {
    HttpRequest.Builder request =
        request(service, path, bearer).header("Content-Type", "application/json").POST(body);
    headers.forEach(request::setHeader);
    return send(request.build());
  }

  /**
   * @param bearer the caller's Authorization header
   * @return the body of a 2xx answer, still being read: close it
   * @throws RequestRefused with the problem that the service answered, or UNAVAILABLE
   */
  public InputStream put(URI service, String path, String bearer, BodyPublisher body) {
    return send(
        request(service, path, bearer)
            .header("Content-Type", "application/json")
            .PUT(body)
            .build());
  }

  /**
   * {@link #post} without a thread that waits.
   *
   * @param body a JSON document
   * @return the body of a 2xx answer; fails as {@link #post} does
   */
  public Uni<byte[]> postLater(URI service, String path, String bearer, byte[] body) {
    HttpRequest request =
        request(service, path, bearer)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    return Uni.createFrom()
        .completionStage(() -> http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray()))
        .onFailure()
        .transform(away -> unavailable(request, away))
        .onItem()
        .transform(
            answer -> {
              if (answer.statusCode() / 100 == 2) {
                return answer.body();
              }
              throw refusal(answer, new ByteArrayInputStream(answer.body()));
            });
  }

  /**
   * @param bearer the caller's Authorization header
   * @throws RequestRefused with the problem that the service answered, or UNAVAILABLE
   */
  public void delete(URI service, String path, String bearer) {
    try (InputStream answer = send(request(service, path, bearer).DELETE().build())) {
      answer.skipNBytes(answer.available());
    } catch (IOException e) {
      throw unavailable();
    }
  }

  private HttpRequest.Builder request(URI service, String path, String bearer) {
    return HttpRequest.newBuilder(URI.create(service + path))
        .timeout(config.answerTimeout())
        .header("Authorization", bearer)
        .header("Accept", "application/json");
  }

  private InputStream send(HttpRequest request) {
    HttpResponse<InputStream> answer;
    try {
      answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw unavailable(request, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable();
    }
    if (answer.statusCode() / 100 == 2) {
      return answer.body();
    }
    throw refusal(answer, answer.body());
  }

  private static RequestRefused unavailable(HttpRequest request, Throwable away) {
    LOG.warnf(
        "%s doesn't answer: %s", request.uri().getAuthority(), away.getClass().getSimpleName());
    return unavailable();
  }

  private RequestRefused refusal(HttpResponse<?> answer, InputStream text) {
    try (InputStream body = text) {
      Problem problem = json.readValue(body.readNBytes(LARGEST_PROBLEM), Problem.class);
      if (problem.code() != null && problem.status() == answer.statusCode()) {
        return RequestRefused.passedOn(problem);
      }
    } catch (IOException e) {
      LOG.debugf("answer %d is no problem document", answer.statusCode());
    }
    LOG.warnf(
        "%s answers %d without a problem document",
        answer.uri().getAuthority(), answer.statusCode());
    return unavailable();
  }

  /** The answer while a service is away. */
  public static RequestRefused unavailable() {
    return RequestRefused.because(
        RequestCode.UNAVAILABLE, "A part of the system is away just now. Try again in a moment.");
  }
}

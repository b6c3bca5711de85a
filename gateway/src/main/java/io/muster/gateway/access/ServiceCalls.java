package io.muster.gateway.access;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.chassis.call.CallingInstances;
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
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Asks another service on behalf of the caller: with the caller's own token, which is verified
 * there again; any instance of it, by turns. Blocks. Thread-safe.
 */
@ApplicationScoped
public class ServiceCalls {
  private static final Logger LOG = Logger.getLogger(ServiceCalls.class);
  private static final int LARGEST_PROBLEM = 64 * 1024;

  /**
   * For threads that wait: what comes back is handed to them by the client's own thread, without a
   * pool's thread between. Bodies are in memory, so nothing blocks there.
   */
  private final HttpClient http;

  /** For whoever goes on when the answer is there, which must not be on the client's own thread. */
  private final HttpClient later;

  private final CallingInstances instances;
  private final ServicesConfig config;
  private final ObjectMapper json;

  ServiceCalls(ServicesConfig config, CallingInstances instances, ObjectMapper json) {
    this.instances = instances;
    this.config = config;
    this.json = json;
    this.http = client(config).executor(Runnable::run).build();
    this.later = client(config).build();
  }

  private static HttpClient.Builder client(ServicesConfig config) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(config.connectTimeout());
  }

  /**
   * @param bearer the caller's Authorization header
   * @return the body of a 2xx answer, still being read: close it
   * @throws RequestRefused with the problem that the service answered, or UNAVAILABLE
   */
  public InputStream get(List<URI> service, String path, String bearer) {
    return send(service, path, bearer, HttpRequest.Builder::GET);
  }

  /**
   * {@link #get(List, String, String)} of something that isn't JSON.
   *
   * @param accept its media type
   */
  public InputStream get(List<URI> service, String path, String bearer, String accept) {
    return send(service, path, bearer, request -> request.setHeader("Accept", accept).GET());
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
   * @param body can be sent more than once
   * @return the body of a 2xx answer, still being read: close it
   * @throws RequestRefused with the problem that the service answered, or UNAVAILABLE
   */
  public InputStream post(
      List<URI> service,
      String path,
      String bearer,
      Map<String, String> headers,
      BodyPublisher body) {
    return send(
        service,
        path,
        bearer,
        request -> {
          request.header("Content-Type", "application/json").POST(body);
          headers.forEach(request::setHeader);
        });
  }

  /**
   * @param bearer the caller's Authorization header
   * @param body can be sent more than once
   * @return the body of a 2xx answer, still being read: close it
   * @throws RequestRefused with the problem that the service answered, or UNAVAILABLE
   */
  public InputStream put(List<URI> service, String path, String bearer, BodyPublisher body) {
    return send(
        service,
        path,
        bearer,
        request -> request.header("Content-Type", "application/json").PUT(body));
  }

  /**
   * {@link #post} without a thread that waits.
   *
   * @param body a JSON document
   * @return the body of a 2xx answer; fails as {@link #post} does
   */
  public Uni<byte[]> postLater(List<URI> service, String path, String bearer, byte[] body) {
    Consumer<HttpRequest.Builder> asked =
        request ->
            request
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    return Uni.createFrom()
        .completionStage(
            () ->
                instances.sendLater(
                    later,
                    service,
                    each -> request(each, path, bearer, asked),
                    HttpResponse.BodyHandlers.ofByteArray()))
        .onFailure()
        .transform(away -> unavailable(service, away))
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
  public void delete(List<URI> service, String path, String bearer) {
    try (InputStream answer = send(service, path, bearer, HttpRequest.Builder::DELETE)) {
      answer.skipNBytes(answer.available());
    } catch (IOException e) {
      throw unavailable();
    }
  }

  private HttpRequest request(
      URI instance, String path, String bearer, Consumer<HttpRequest.Builder> asked) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(instance + path))
            .timeout(config.answerTimeout())
            .header("Authorization", bearer)
            .header("Accept", "application/json");
    asked.accept(request);
    return request.build();
  }

  private InputStream send(
      List<URI> service, String path, String bearer, Consumer<HttpRequest.Builder> asked) {
    HttpResponse<InputStream> answer;
    try {
      answer =
          instances.send(
              http,
              service,
              each -> request(each, path, bearer, asked),
              HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw unavailable(service, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable();
    }
    if (answer.statusCode() / 100 == 2) {
      return answer.body();
    }
    throw refusal(answer, answer.body());
  }

  private static RequestRefused unavailable(List<URI> service, Throwable away) {
    LOG.warnf("%s doesn't answer: %s", service, away.getClass().getSimpleName());
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

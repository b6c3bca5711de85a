package io.muster.gateway.submit;

import io.muster.chassis.call.CallingInstances;
import io.muster.gateway.access.ServiceCalls;
import io.muster.gateway.access.ServicesConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.streams.Pipe;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Leads an upload's body through to bulk-ingest-service as it comes, with back-pressure: a slow
 * reader there slows the client here. A client that breaks off breaks the request there too, so
 * that half a file never looks like a whole one.
 */
@ApplicationScoped
public class UploadPipe {
  /**
   * What bulk-ingest-service answered.
   *
   * @param retryAfter null when the answer had none
   */
  record Answer(int status, byte[] body, String retryAfter) {}

  private static final Logger LOG = Logger.getLogger(UploadPipe.class);
  private static final List<CharSequence> PASSED_ON =
      List.of(
          HttpHeaders.CONTENT_TYPE,
          HttpHeaders.CONTENT_ENCODING,
          HttpHeaders.CONTENT_LENGTH,
          HttpHeaders.createOptimized("Idempotency-Key"),
          HttpHeaders.createOptimized("X-File-Name"),
          HttpHeaders.createOptimized("traceparent"));

  /** Uploads at a time; each holds two blocks of 64 KiB at most. */
  private static final int MOST_AT_A_TIME = 256;

  private final HttpClient http;
  private final ServicesConfig config;
  private final CallingInstances instances;

  UploadPipe(Vertx vertx, ServicesConfig config, CallingInstances instances) {
    this.config = config;
    this.instances = instances;
    this.http =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout(Math.toIntExact(config.connectTimeout().toMillis()))
                .setKeepAlive(false)
                .setDecompressionSupported(false),
            new PoolOptions().setHttp1MaxSize(MOST_AT_A_TIME).setMaxWaitQueueSize(0));
  }

  /**
   * Runs on the request's event loop.
   *
   * @param bearer the caller's Authorization header
   * @return the answer as it is, also when it comes before the body's end; fails with UNAVAILABLE
   *     when the service isn't reached or goes away
   */
  Uni<Answer> through(HttpServerRequest client, String bearer) {
    CompletableFuture<Answer> answered = new CompletableFuture<>();
    Pipe<Buffer> pipe = client.pipe();
    // Never end the request there when the body here breaks: that would look like its end.
    pipe.endOnFailure(false);
    reach(instances.inTurn(config.bulkIngestUrl()).iterator(), client, bearer)
        .onFailure(
            e -> {
              pipe.close();
              away(answered, e);
            })
        .onSuccess(upstream -> lead(client, pipe, upstream, answered));
    return Uni.createFrom().completionStage(answered);
  }

  /** The first instance that takes a connection; none has heard of the upload before. */
  private Future<HttpClientRequest> reach(
      Iterator<URI> order, HttpServerRequest client, String bearer) {
    URI instance = order.next();
    return http.request(options(instance, client, bearer))
        .onSuccess(reached -> instances.answered(instance))
        .recover(
            e -> {
              instances.silent(instance);
              return order.hasNext() ? reach(order, client, bearer) : Future.failedFuture(e);
            });
  }

  private static void lead(
      HttpServerRequest client,
      Pipe<Buffer> pipe,
      HttpClientRequest upstream,
      CompletableFuture<Answer> answered) {
    if (client.getHeader(HttpHeaders.CONTENT_LENGTH) == null) {
      upstream.setChunked(true);
    }
    if (client.getHeader(HttpHeaders.EXPECT) != null) {
      client.response().writeContinue();
    }
    Future<Void> sent = pipe.to(upstream);
    sent.onFailure(
        e -> {
          // Closes the connection without the last chunk. After an answer it changes nothing.
          upstream.reset();
          LOG.debugf("upload broke off: %s", e.getClass().getSimpleName());
        });
    upstream
        .response()
        .compose(response -> response.body().map(body -> answer(response, body)))
        .onSuccess(
            answer -> {
              // First of all: nothing that goes wrong below may keep the answer from the client.
              answered.complete(answer);
              if (!sent.isComplete()) {
                // An early answer ends the upload: the rest of the body isn't wanted there. A
                // request that has ended takes no handler any more and needs no reset.
                pipe.close();
                quietly(upstream).reset();
              }
            })
        .onFailure(e -> away(answered, e));
  }

  /** Vert.x would log the reset, which we asked for, as an error. */
  private static HttpClientRequest quietly(HttpClientRequest upstream) {
    return upstream.exceptionHandler(e -> LOG.tracef("reset: %s", e.getMessage()));
  }

  private static RequestOptions options(URI service, HttpServerRequest client, String bearer) {
    String query = client.query();
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setHost(service.getHost())
            .setPort(service.getPort())
            .setURI(service.getPath() + "/v1/jobs" + (query == null ? "" : "?" + query))
            .putHeader(HttpHeaders.AUTHORIZATION, bearer);
    for (CharSequence name : PASSED_ON) {
      String value = client.getHeader(name);
      if (value != null) {
        options.putHeader(name, value);
      }
    }
    return options;
  }

  private static Answer answer(HttpClientResponse response, Buffer body) {
    return new Answer(
        response.statusCode(), body.getBytes(), response.getHeader(HttpHeaders.RETRY_AFTER));
  }

  private static void away(CompletableFuture<Answer> answered, Throwable why) {
    if (answered.completeExceptionally(ServiceCalls.unavailable())) {
      LOG.warnf("bulk-ingest-service doesn't take an upload: %s", why.getClass().getSimpleName());
    }
  }

  @PreDestroy
  void close() throws Exception {
    http.close().toCompletionStage().toCompletableFuture().get(2, TimeUnit.SECONDS);
  }
}

package io.muster.chassis.call;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpTimeoutException;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Calls a service of which several instances run: each in turn, and the next one when one can't be
 * reached. A call that may have been heard is given to another one only if it does nothing twice:
 * by its method. Any answer is an answer, also a refusal. Thread-safe; why so: {@code
 * docs/decisions/0021-several-instances.md}.
 */
@ApplicationScoped
public class CallingInstances {
  private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "PUT", "DELETE");

  private final Turns turns;

  @Inject
  CallingInstances() {
    this(System::nanoTime);
  }

  CallingInstances(LongSupplier nanos) {
    this.turns = new Turns(nanos);
  }

  /**
   * Blocks until one has answered.
   *
   * @param instances base addresses, one at least
   * @param request makes the request for one of them; its body can be sent more than once
   * @throws IOException the last one's failure, when none has answered
   */
  public <T> HttpResponse<T> send(
      HttpClient http,
      List<URI> instances,
      Function<URI, HttpRequest> request,
      BodyHandler<T> handler)
      throws IOException, InterruptedException {
    Iterator<URI> order = turns.order(instances).iterator();
    while (true) {
      URI instance = order.next();
      HttpRequest sent = request.apply(instance);
      try {
        HttpResponse<T> answer = http.send(sent, handler);
        turns.answered(instance);
        return answer;
      } catch (IOException e) {
        turns.silent(instance);
        if (!order.hasNext() || !mayGoToAnother(sent, e)) {
          throw e;
        }
      }
    }
  }

  /** {@link #send} without a thread that waits; fails as it does. */
  public <T> CompletionStage<HttpResponse<T>> sendLater(
      HttpClient http,
      List<URI> instances,
      Function<URI, HttpRequest> request,
      BodyHandler<T> handler) {
    return sendLater(http, turns.order(instances).iterator(), request, handler);
  }

  private <T> CompletionStage<HttpResponse<T>> sendLater(
      HttpClient http,
      Iterator<URI> order,
      Function<URI, HttpRequest> request,
      BodyHandler<T> handler) {
    URI instance = order.next();
    HttpRequest sent = request.apply(instance);
    return http.sendAsync(sent, handler)
        .handle(
            (answer, failure) -> {
              if (failure == null) {
                turns.answered(instance);
                return CompletableFuture.completedStage(answer);
              }
              turns.silent(instance);
              Throwable cause =
                  failure instanceof CompletionException ? failure.getCause() : failure;
              return order.hasNext() && mayGoToAnother(sent, cause)
                  ? sendLater(http, order, request, handler)
                  : CompletableFuture.<HttpResponse<T>>failedStage(cause);
            })
        .thenCompose(Function.identity());
  }

  /** For those who call in another way: the instances in the order in which to try them. */
  public List<URI> inTurn(List<URI> instances) {
    return turns.order(instances);
  }

  /** Likewise: this one could not be reached, or broke off. */
  public void silent(URI instance) {
    turns.silent(instance);
  }

  /** Likewise: this one has answered. */
  public void answered(URI instance) {
    turns.answered(instance);
  }

  /** Whoever doesn't answer in time isn't repeated elsewhere: that would double the wait. */
  private static boolean mayGoToAnother(HttpRequest sent, Throwable failure) {
    return wasNotSent(failure)
        || (IDEMPOTENT.contains(sent.method()) && !(failure instanceof HttpTimeoutException));
  }

  private static boolean wasNotSent(Throwable failure) {
    return failure instanceof ConnectException || failure instanceof HttpConnectTimeoutException;
  }
}

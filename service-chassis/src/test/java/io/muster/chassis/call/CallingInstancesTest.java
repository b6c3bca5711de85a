package io.muster.chassis.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallingInstancesTest {
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicLong nanos = new AtomicLong();
  private final CallingInstances calling = new CallingInstances(nanos::get);
  private final List<Instance> started = new ArrayList<>();

  /** Answers with its name, or breaks off without an answer. */
  private static final class Instance {
    private final HttpServer server;
    private final AtomicInteger heard = new AtomicInteger();
    private volatile boolean breaksOff;

    Instance(String name) throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            heard.incrementAndGet();
            exchange.getRequestBody().readAllBytes();
            if (breaksOff) {
              exchange.close();
              return;
            }
            byte[] answer = name.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
          });
      server.start();
    }

    URI url() {
      return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }
  }

  @AfterEach
  void stopAll() {
    started.forEach(instance -> instance.server.stop(0));
  }

  @Test
  void eachIsAskedInTurn() throws Exception {
    List<URI> two = List.of(instance("one").url(), instance("two").url());

    assertThat(List.of(get(two), get(two), get(two), get(two)))
        .containsExactly("one", "two", "one", "two");
  }

  @Test
  void whoCannotBeReachedIsPassedByAndRestsForAWhile() throws Exception {
    Instance one = instance("one");
    Instance two = instance("two");
    List<URI> both = List.of(one.url(), two.url());
    one.server.stop(0);

    assertThat(List.of(post(both), post(both), post(both))).containsOnly("two");
    assertThat(calling.inTurn(both)).startsWith(two.url());
    assertThat(calling.inTurn(both)).startsWith(two.url());

    nanos.addAndGet(Turns.REST_NANOS);

    assertThat(List.of(calling.inTurn(both).get(0), calling.inTurn(both).get(0)))
        .containsExactlyInAnyOrder(one.url(), two.url());
  }

  @Test
  void whatMayHaveBeenHeardGoesToAnotherOneOnlyIfItDoesNothingTwice() throws Exception {
    Instance one = instance("one");
    Instance two = instance("two");
    one.breaksOff = true;
    List<URI> both = List.of(one.url(), two.url());

    assertThat(get(both)).isEqualTo("two");

    Instance other = instance("other");
    List<URI> again = List.of(one.url(), other.url());
    nanos.addAndGet(Turns.REST_NANOS);
    int before = one.heard.get();
    assertThatThrownBy(
            () -> {
              // whichever turn it is, one of two reaches the first instance
              post(again);
              post(again);
            })
        .isInstanceOf(IOException.class);
    assertThat(one.heard.get()).isEqualTo(before + 1);
    assertThat(other.heard.get()).isLessThanOrEqualTo(1);
  }

  @Test
  void withoutAThreadThatWaitsItIsTheSame() throws Exception {
    Instance one = instance("one");
    Instance two = instance("two");
    one.server.stop(0);
    List<URI> both = List.of(one.url(), two.url());

    for (int i = 0; i < 2; i++) {
      assertThat(
              calling
                  .sendLater(http, both, this::posting, BodyHandlers.ofString())
                  .toCompletableFuture()
                  .get()
                  .body())
          .isEqualTo("two");
    }
    two.server.stop(0);
    assertThatThrownBy(
            () ->
                calling
                    .sendLater(http, both, this::posting, BodyHandlers.ofString())
                    .toCompletableFuture()
                    .get())
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IOException.class);
  }

  private Instance instance(String name) throws IOException {
    Instance instance = new Instance(name);
    started.add(instance);
    return instance;
  }

  private String get(List<URI> instances) throws IOException, InterruptedException {
    return calling
        .send(
            http,
            instances,
            each -> HttpRequest.newBuilder(each).GET().build(),
            BodyHandlers.ofString())
        .body();
  }

  private String post(List<URI> instances) throws IOException, InterruptedException {
    return calling.send(http, instances, this::posting, BodyHandlers.ofString()).body();
  }

  private HttpRequest posting(URI instance) {
    return HttpRequest.newBuilder(instance).POST(BodyPublishers.ofString("body")).build();
  }
}

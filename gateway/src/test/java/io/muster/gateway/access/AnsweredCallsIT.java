package io.muster.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.gateway.Callers;
import io.muster.gateway.GatewayPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** A call that is answered takes no memory: its answer may be a page of a thousand users. */
@QuarkusTest
@QuarkusTestResource(GatewayPlatform.class)
class AnsweredCallsIT {
  private static final String TENANT = "answered";
  private static final int CALLS = 50;

  /** What the last few connections and event loops may still point at. */
  private static final int AT_HAND = 5;

  private static final Duration SOON = Duration.ofSeconds(20);

  @ConfigProperty(name = "quarkus.http.port")
  int port;

  @Inject Calls calls;

  private final String token = Callers.token(TENANT, "ada@answered.example", "tenant-admin");

  /** Every call to the gateway, for as long as something else holds it. */
  @ApplicationScoped
  static class Calls {
    private final Queue<WeakReference<RoutingContext>> seen = new ConcurrentLinkedQueue<>();

    void register(@Observes Router router) {
      router
          .route()
          .order(Integer.MIN_VALUE)
          .handler(
              call -> {
                seen.add(new WeakReference<>(call));
                call.next();
              });
    }

    int seen() {
      return seen.size();
    }

    long held() {
      System.gc();
      return seen.stream().filter(call -> call.get() != null).count();
    }
  }

  @Test
  void readsAreForgotten() throws IOException {
    answered("GET /v1/jobs HTTP/1.1\r\nAuthorization: Bearer " + token + "\r\n", "", "200");

    thenAreForgotten();
  }

  @Test
  void changesAreForgotten() throws IOException {
    String body = "[";
    answered(
        "POST /v1/users HTTP/1.1\r\nAuthorization: Bearer "
            + token
            + "\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n",
        body,
        "400");

    thenAreForgotten();
  }

  @Test
  void callsWhoseBodyNobodyReadAreForgotten() throws IOException {
    answered(
        "POST /v1/users HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 2\r\n",
        "{}",
        "401");
    answered(
        "POST /v1/users HTTP/1.1\r\nTransfer-Encoding: chunked\r\n", "2\r\n{}\r\n0\r\n\r\n", "401");

    thenAreForgotten();
  }

  private void thenAreForgotten() {
    assertThat(calls.seen()).isGreaterThanOrEqualTo(CALLS);
    await().atMost(SOON).untilAsserted(() -> assertThat(calls.held()).isLessThanOrEqualTo(AT_HAND));
  }

  /** All over one connection, as a proxy has it. */
  private void answered(String head, String body, String status) throws IOException {
    byte[] call = (head + "Host: x\r\n\r\n" + body).getBytes(StandardCharsets.ISO_8859_1);
    try (Socket socket = new Socket("127.0.0.1", port)) {
      InputStream in = socket.getInputStream();
      for (int i = 0; i < CALLS; i++) {
        socket.getOutputStream().write(call);
        assertThat(answer(in)).startsWith("HTTP/1.1 " + status);
      }
    }
  }

  private static String answer(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no whole answer: " + head);
      }
      head.append((char) next);
    }
    String lower = head.toString().toLowerCase(Locale.ROOT);
    int at = lower.indexOf("content-length: ") + "content-length: ".length();
    in.readNBytes(Integer.parseInt(lower.substring(at, lower.indexOf("\r\n", at))));
    return head.toString();
  }
}

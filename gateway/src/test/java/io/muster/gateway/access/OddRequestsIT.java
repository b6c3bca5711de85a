package io.muster.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.chassis.problem.ProblemMappers;
import io.muster.gateway.Callers;
import io.muster.gateway.GatewayPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** What no client should send is never a fault of ours. */
@QuarkusTest
@QuarkusTestResource(GatewayPlatform.class)
class OddRequestsIT {
  private static final String TENANT = "odd";

  @ConfigProperty(name = "quarkus.http.port")
  int port;

  private final String token = Callers.token(TENANT, "ada@odd.example", "tenant-admin");

  @Test
  void aBodyThatBreaksOffIsNoErrorOfOursAndNamesNobodyInTheLog() throws IOException {
    Queue<String> logged = new ConcurrentLinkedQueue<>();
    Handler handler = listener(logged);
    Logger root = Logger.getLogger("");
    Logger mappers = Logger.getLogger(ProblemMappers.class.getName());
    Level before = mappers.getLevel();
    mappers.setLevel(Level.FINE);
    root.addHandler(handler);
    try {
      // A client that is gone before its call begins leaves no trace at all: one of several is not.
      await()
          .until(
              () -> {
                sendHalf();
                return logged.stream().anyMatch(line -> line.contains("broke off"));
              });
    } finally {
      root.removeHandler(handler);
      mappers.setLevel(before);
    }
    assertThat(logged)
        .noneMatch(line -> line.contains("whoever"))
        .noneMatch(line -> line.startsWith("ERROR") || line.startsWith("SEVERE"));
  }

  /** An upgrade would lose a body that comes in chunks. */
  @Test
  void aCallThatOffersHttp2IsAnsweredInTheHttpThatItSpeaks() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      String offering =
          "GET /v1/jobs HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
              + token
              + "\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
              + "HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA\r\n\r\n";
      socket.getOutputStream().write(offering.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();

      byte[] start = socket.getInputStream().readNBytes("HTTP/1.1 200 OK".length());
      assertThat(new String(start, StandardCharsets.ISO_8859_1)).isEqualTo("HTTP/1.1 200 OK");
    }
  }

  @Test
  void anEmptyContentTypeIsOneThatIsNotTaken() throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      String event =
          "POST /v1/hr/events HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
              + token
              + "\r\nContent-Type:\r\nContent-Length: 2\r\n\r\n{}";
      socket.getOutputStream().write(event.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();

      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      assertThat(answer).startsWith("HTTP/1.1 400").contains("\"field\":\"Content-Type\"");
    }
  }

  private void sendHalf() throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      String half =
          "POST /v1/users/whoever@odd.example/enable HTTP/1.1\r\nHost: x\r\n"
              + "Content-Length: 100\r\nAuthorization: Bearer "
              + token
              + "\r\n\r\n{\"password\":";
      socket.getOutputStream().write(half.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
    }
  }

  private static Handler listener(Queue<String> logged) {
    return new Handler() {
      @Override
      public void publish(LogRecord message) {
        logged.add(
            message.getLevel()
                + " "
                + message.getMessage()
                + " "
                + Arrays.toString(message.getParameters()));
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }
}

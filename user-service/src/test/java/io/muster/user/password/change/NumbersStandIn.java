package io.muster.user.password.change;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.ConfigProvider;

/** Draws submission numbers in bulk-ingest-service's place, at its address. */
final class NumbersStandIn implements AutoCloseable {
  private static final AtomicLong NUMBERS = new AtomicLong(1_000);

  private final HttpServer server;

  NumbersStandIn() throws IOException {
    URI url = ConfigProvider.getConfig().getValue("muster.services.bulk-ingest-url", URI.class);
    server = HttpServer.create(new InetSocketAddress(url.getHost(), url.getPort()), 50);
    server.createContext(
        "/v1/submissions",
        exchange -> {
          boolean asked =
              exchange.getRequestMethod().equals("POST")
                  && exchange.getRequestHeaders().getFirst("Authorization").startsWith("Bearer ");
          byte[] answer =
              ("{\"submission\":" + NUMBERS.incrementAndGet() + "}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(asked ? 200 : 400, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

package io.muster.bulkingest;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.config.ConfigProvider;

/** Counts active accounts in user-service's place, at its address. */
public final class AccountsStandIn implements AutoCloseable {
  private final HttpServer server;
  private volatile long active;

  public AccountsStandIn(long active) throws IOException {
    this.active = active;
    URI url = ConfigProvider.getConfig().getValue("muster.services.user-url", URI.class);
    server = HttpServer.create(new InetSocketAddress(url.getHost(), url.getPort()), 50);
    server.createContext(
        "/v1/users/count",
        exchange -> {
          boolean asked =
              "state=ACTIVE".equals(exchange.getRequestURI().getQuery())
                  && exchange.getRequestHeaders().getFirst("Authorization").startsWith("Bearer ");
          byte[] answer = ("{\"count\":" + this.active + "}").getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(asked ? 200 : 400, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  /** From now on there are so many. */
  public void become(long accounts) {
    active = accounts;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

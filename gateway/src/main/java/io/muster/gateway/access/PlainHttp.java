package io.muster.gateway.access;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Speaks HTTP/1.1 where there is no TLS, and HTTP/2 only by TLS. The upgrade from the one to the
 * other in the middle of a connection loses the body of a call that comes in chunks: a file that
 * curl sends with {@code --http2} arrived empty.
 */
@ApplicationScoped
class PlainHttp implements HttpServerOptionsCustomizer {
  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    options.setHttp2ClearTextEnabled(false);
  }
}

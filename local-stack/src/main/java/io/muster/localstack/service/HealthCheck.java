package io.muster.localstack.service;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;

/**
 * What {@code /q/health/ready} answers.
 *
 * @param httpStatus 200 = up, 503 = a check fails, 0 = nobody answers
 */
public record HealthCheck(int httpStatus) {
  private static final int PATIENCE_MS = 1_000;

  /** Asks the service on this port of 127.0.0.1. Never throws. */
  public static HealthCheck of(int port) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:" + port + "/q/health/ready").toURL().openConnection();
      connection.setConnectTimeout(PATIENCE_MS);
      connection.setReadTimeout(PATIENCE_MS);
      int status = connection.getResponseCode();
      try (InputStream body =
          status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
        if (body != null) {
          body.readAllBytes(); // so that the connection can be used again
        }
      }
      return new HealthCheck(status);
    } catch (IOException nobody) {
      return new HealthCheck(0);
    }
  }

  public boolean isUp() {
    return httpStatus == HttpURLConnection.HTTP_OK;
  }
}

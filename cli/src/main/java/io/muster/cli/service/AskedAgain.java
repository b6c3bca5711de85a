package io.muster.cli.service;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Waits when the service says that it was asked too often (429) and asks once more when it says so
 * (RFC 9110, Retry-After): such a call has changed nothing, so it may be made again.
 */
final class AskedAgain {
  /** A person waits that long for one call; a service that is busier is to be told about. */
  private static final long MOST_SECONDS = 60;

  private static final int TOO_MANY_REQUESTS = 429;

  /** One call, which can be made again. */
  @FunctionalInterface
  interface Call {
    HttpResponse<InputStream> make() throws IOException, InterruptedException;
  }

  private AskedAgain() {}

  /** The first answer that asks for no wait, or the one whose wait would be too long. */
  static HttpResponse<InputStream> whenToldToWait(Call call)
      throws IOException, InterruptedException {
    long left = MOST_SECONDS;
    while (true) {
      HttpResponse<InputStream> answer = call.make();
      OptionalLong wait = wait(answer);
      if (wait.isEmpty() || wait.getAsLong() > left) {
        return answer;
      }
      answer.body().close();
      left -= wait.getAsLong();
      TimeUnit.SECONDS.sleep(wait.getAsLong());
    }
  }

  /** Seconds, 1 or more; empty when nothing was said, or by a date, which Muster never sends. */
  private static OptionalLong wait(HttpResponse<?> answer) {
    if (answer.statusCode() != TOO_MANY_REQUESTS) {
      return OptionalLong.empty();
    }
    return answer
        .headers()
        .firstValue("Retry-After")
        .filter(value -> value.matches("[0-9]{1,6}"))
        .map(value -> OptionalLong.of(Math.max(1, Long.parseLong(value))))
        .orElse(OptionalLong.empty());
  }
}

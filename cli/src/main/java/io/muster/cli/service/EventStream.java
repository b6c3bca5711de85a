package io.muster.cli.service;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Server-sent events of one connection. Read by one thread. Whatever goes wrong ends the stream:
 * the reader asks the service by an ordinary call what is the matter.
 */
public final class EventStream implements AutoCloseable {
  private static final int OK = 200;

  /** What came over the line. */
  private sealed interface Signal {}

  private record Event(String data) implements Signal {}

  /** A comment: nothing new, but the line is alive. */
  private record Heartbeat() implements Signal {}

  private record End() implements Signal {}

  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
  private CompletableFuture<HttpResponse<Void>> exchange;

  private EventStream() {}

  static EventStream open(HttpClient http, HttpRequest request) {
    EventStream stream = new EventStream();
    HttpResponse.BodyHandler<Void> events =
        info ->
            info.statusCode() == OK
                ? BodySubscribers.fromLineSubscriber(stream.new Lines())
                : BodySubscribers.discarding();
    stream.exchange =
        http.sendAsync(request, events)
            .whenComplete((answer, failure) -> stream.signals.add(new End()));
    return stream;
  }

  /**
   * The next event's data.
   *
   * @param patience how long the line may be silent, heartbeats counting as sound
   * @return empty when the stream is over, broken or silent
   */
  public Optional<String> next(Duration patience) throws InterruptedException {
    while (true) {
      Signal signal = signals.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (signal instanceof Event event) {
        return Optional.of(event.data());
      }
      if (signal == null || signal instanceof End) {
        return Optional.empty();
      }
    }
  }

  @Override
  public void close() {
    exchange.cancel(true);
  }

  /** Lines to events, as the HTML standard says: data lines up to a blank one. */
  private final class Lines implements Flow.Subscriber<String> {
    private final StringBuilder data = new StringBuilder();

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
      if (line.isEmpty()) {
        if (data.length() > 0) {
          signals.add(new Event(data.toString()));
          data.setLength(0);
        }
      } else if (line.startsWith("data:")) {
        String value = line.substring("data:".length());
        data.append(data.length() > 0 ? "\n" : "")
            .append(value.startsWith(" ") ? value.substring(1) : value);
      } else if (line.startsWith(":")) {
        signals.add(new Heartbeat());
      }
    }

    @Override
    public void onError(Throwable failure) {
      signals.add(new End());
    }

    @Override
    public void onComplete() {
      signals.add(new End());
    }
  }
}

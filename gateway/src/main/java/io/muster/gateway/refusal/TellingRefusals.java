package io.muster.gateway.refusal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.job.RequestCode;
import io.muster.gateway.access.ServiceCalls;
import io.muster.gateway.access.ServicesConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Brings refused calls into the audit, which is user-service's: a second later, many of a kind as
 * one entry, so that a refusal costs nothing and a flood of them fills nothing. Tried again while
 * user-service is away. A gateway that is killed loses those of its last second. Thread-safe.
 */
@ApplicationScoped
public class TellingRefusals {
  private static final Logger LOG = Logger.getLogger(TellingRefusals.class);
  private static final String PATH = "/v1/audit/refused-calls";

  /** Kinds that wait at a time: some 2 MiB with their tokens. What comes beyond is counted. */
  private static final int MOST_WAITING = 1_000;

  /**
   * @param bearer of the caller, which tells user-service who it was
   */
  private record Kind(String bearer, String call, String code) {}

  private static final class Times {
    private final Instant first;
    private int count;

    private Times(Instant first) {
      this.first = first;
    }
  }

  /** As user-service takes it. */
  private record Refused(Instant at, String call, String code, int times) {}

  private final ServiceCalls calls;
  private final ServicesConfig services;
  private final ObjectMapper json;
  private final MeterRegistry metrics;
  private final Clock clock;
  private Map<Kind, Times> waiting = new HashMap<>();

  TellingRefusals(
      ServiceCalls calls,
      ServicesConfig services,
      ObjectMapper json,
      MeterRegistry metrics,
      Clock clock) {
    this.calls = calls;
    this.services = services;
    this.json = json;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * Notes a refusal; never waits.
   *
   * @param bearer the caller's Authorization header, verified
   * @param call method and route
   */
  void refused(String bearer, String call, String code) {
    add(new Kind(bearer, call, code), clock.instant(), 1);
  }

  private synchronized void add(Kind kind, Instant first, int times) {
    if (waiting.size() >= MOST_WAITING && !waiting.containsKey(kind)) {
      lost(times);
      return;
    }
    waiting.computeIfAbsent(kind, k -> new Times(first)).count += times;
  }

  private synchronized Map<Kind, Times> take() {
    Map<Kind, Times> taken = waiting;
    waiting = new HashMap<>();
    return taken;
  }

  @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void tell() {
    Map<String, List<Kind>> byCaller = new HashMap<>();
    Map<Kind, Times> taken = take();
    taken
        .keySet()
        .forEach(k -> byCaller.computeIfAbsent(k.bearer(), b -> new ArrayList<>()).add(k));
    byCaller.forEach((bearer, kinds) -> tell(bearer, kinds, taken));
  }

  void tellTheLast(@Observes ShutdownEvent stopping) {
    tell();
  }

  private void tell(String bearer, List<Kind> kinds, Map<Kind, Times> taken) {
    List<Refused> refused =
        kinds.stream()
            .map(k -> new Refused(taken.get(k).first, k.call(), k.code(), taken.get(k).count))
            .toList();
    try {
      byte[] body = json.writeValueAsBytes(refused);
      ServiceCalls.whole(
          calls.post(services.userUrl(), PATH, bearer, Map.of(), BodyPublishers.ofByteArray(body)));
    } catch (RequestRefused e) {
      if (RequestCode.UNAVAILABLE.name().equals(e.problem().code())) {
        kinds.forEach(k -> add(k, taken.get(k).first, taken.get(k).count));
      } else {
        // The token has run out meanwhile: nobody can vouch for who it was.
        kinds.forEach(k -> lost(taken.get(k).count));
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("refused calls make no JSON", e);
    }
  }

  private void lost(int times) {
    metrics.counter("muster.audit.refused.calls.lost").increment(times);
    LOG.warnf("refused calls are not in the audit: %d", times);
  }
}

package io.muster.gateway.hr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.muster.chassis.problem.Problem;
import io.muster.chassis.problem.RequestRefused;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

/** Whoever can't be served now is told when to come again. */
class SendingEventsTest {
  @Test
  void oneCallMoreThanThereMayBeAtATimeIsToldWhenToComeAgain() {
    RequestRefused refused = refused(new SendingEvents(kafkaThatIsAway(), atMost(0), null));

    assertThat(refused.problem().status()).isEqualTo(429);
    assertThat(refused.problem().code()).isEqualTo("TOO_MANY_REQUESTS");
    assertThat(refused.problem().more()).containsEntry(Problem.RETRY_AFTER, 1);
  }

  @Test
  void whileKafkaIsAwayEveryCallIsUnavailableAndNoneIsCountedOn() {
    SendingEvents sending = new SendingEvents(kafkaThatIsAway(), atMost(1), null);

    for (int i = 0; i < 3; i++) {
      RequestRefused refused = refused(sending);

      assertThat(refused.problem().status()).isEqualTo(503);
      assertThat(refused.problem().code()).isEqualTo("UNAVAILABLE");
    }
  }

  private static RequestRefused refused(SendingEvents sending) {
    return catchThrowableOfType(RequestRefused.class, () -> sending.send(List.of()));
  }

  private static KafkaClientService kafkaThatIsAway() {
    return (KafkaClientService)
        Proxy.newProxyInstance(
            KafkaClientService.class.getClassLoader(),
            new Class<?>[] {KafkaClientService.class},
            (proxy, method, arguments) -> {
              throw new KafkaException("no broker");
            });
  }

  private static HrEventsConfig atMost(int calls) {
    return new HrEventsConfig() {
      @Override
      public int maxEvents() {
        return 1_000;
      }

      @Override
      public Duration timeAhead() {
        return Duration.ofDays(1);
      }

      @Override
      public int maxCalls() {
        return calls;
      }

      @Override
      public Duration patience() {
        return Duration.ofSeconds(1);
      }
    };
  }
}

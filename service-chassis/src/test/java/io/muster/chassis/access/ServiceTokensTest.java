package io.muster.chassis.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.chassis.access.ServiceTokens.Calling;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceTokensTest {
  private static final String KEY = "a-key-of-the-services-of-32-chars";
  private static final String OTHER = "another-key-of-the-services-here!";
  private static final Clock NOW =
      Clock.fixed(Instant.parse("2026-11-28T12:00:00Z"), ZoneOffset.UTC);

  private final ServiceTokens tokens = new ServiceTokens(List.of(KEY), NOW);
  private final String header = tokens.header("bulk-ingest-service", "user-service", "contoso");

  @Test
  void theServiceThatIsCalledLearnsWhoCallsAndForWhichTenant() {
    assertThat(ServiceTokens.isOne(header)).isTrue();
    assertThat(tokens.verify(header, "user-service"))
        .isEqualTo(new Calling("bulk-ingest-service", "contoso"));
  }

  @Test
  void otherServicesAndOtherKeysDoNotTakeIt() {
    assertThat(tokens.verify(header, "license-service")).isNull();
    assertThat(new ServiceTokens(List.of(OTHER), NOW).verify(header, "user-service")).isNull();
    assertThat(tokens.verify(header.substring(0, header.length() - 2), "user-service")).isNull();
    assertThat(tokens.verify(ServiceTokens.SCHEME + " nonsense", "user-service")).isNull();
  }

  @Test
  void itIsWorthNothingAfterAMinuteAndTheSkewOfTwoClocks() {
    assertThat(at(Duration.ofSeconds(85)).verify(header, "user-service")).isNotNull();
    assertThat(at(Duration.ofSeconds(95)).verify(header, "user-service")).isNull();
  }

  private static ServiceTokens at(Duration later) {
    return new ServiceTokens(List.of(KEY), Clock.offset(NOW, later));
  }

  @Test
  void anUnsignedOneIsNone() {
    // {"alg":"none"} and the same claims
    String claims = header.split("\\.")[1];
    String unsigned = ServiceTokens.SCHEME + " eyJhbGciOiJub25lIn0." + claims + '.';

    assertThat(tokens.verify(unsigned, "user-service")).isNull();
  }

  @Test
  void aKeyIsChangedWithoutAnybodyBeingRefused() {
    ServiceTokens both = new ServiceTokens(List.of(OTHER, KEY), NOW);

    assertThat(both.verify(header, "user-service")).isNotNull();
    String signedAnew = both.header("bulk-ingest-service", "user-service", "contoso");
    assertThat(tokens.verify(signedAnew, "user-service")).isNull();
    assertThat(new ServiceTokens(List.of(OTHER), NOW).verify(signedAnew, "user-service"))
        .isNotNull();
  }

  @Test
  void aKeyThatCouldBeGuessedIsRefusedWithItsCure() {
    assertThatThrownBy(() -> new ServiceTokens(List.of("secret"), NOW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("muster.service-tokens.keys")
        .hasMessageContaining("32 characters")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> new ServiceTokens(List.of(), NOW))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

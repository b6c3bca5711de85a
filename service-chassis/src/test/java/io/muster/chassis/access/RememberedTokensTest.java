package io.muster.chassis.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.jwt.auth.principal.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.junit.jupiter.api.Test;

class RememberedTokensTest {
  private static final Instant START = Instant.parse("2026-11-28T12:00:00Z");

  private Instant now = START;
  private int verified;

  private final RememberedTokens tokens =
      new RememberedTokens(
          new Clock() {
            @Override
            public Instant instant() {
              return now;
            }

            @Override
            public ZoneOffset getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
              return this;
            }
          });

  @Test
  void theVerySameTokenIsVerifiedOnceAMinute() throws ParseException {
    JsonWebToken first = verify("a.b.c", Duration.ofHours(1));
    JsonWebToken again = verify("a.b.c", Duration.ofHours(1));
    assertThat(again).isSameAs(first);
    assertThat(verified).isEqualTo(1);

    now = START.plus(RememberedTokens.LONGEST);
    verify("a.b.c", Duration.ofHours(1));
    assertThat(verified).as("a key that was withdrawn is missed").isEqualTo(2);
  }

  @Test
  void whatHasExpiredIsVerifiedAgain() throws ParseException {
    verify("a.b.c", Duration.ofSeconds(10));

    now = START.plusSeconds(10);
    verify("a.b.c", Duration.ofSeconds(10));

    assertThat(verified).isEqualTo(2);
  }

  @Test
  void oneThatDiffersInItsLastLetterIsAnotherToken() throws ParseException {
    verify("a.b.c", Duration.ofHours(1));

    assertThatThrownBy(() -> tokens.verified("a.b.d", RememberedTokensTest::refuse))
        .isInstanceOf(ParseException.class);
    assertThatThrownBy(() -> tokens.verified("a.b.d", RememberedTokensTest::refuse))
        .as("a refusal isn't remembered either")
        .isInstanceOf(ParseException.class);
  }

  @Test
  void manyTokensTakeNoMoreMemoryThanSome() throws ParseException {
    for (int i = 0; i < 3 * RememberedTokens.MOST; i++) {
      verify("a.b." + i, Duration.ofHours(1));
    }
    verify("a.b." + (3 * RememberedTokens.MOST - 1), Duration.ofHours(1));

    assertThat(verified).isEqualTo(3 * RememberedTokens.MOST);
    assertThat(tokens.size()).isLessThanOrEqualTo(RememberedTokens.MOST);
  }

  private JsonWebToken verify(String token, Duration lives) throws ParseException {
    return tokens.verified(
        token,
        raw -> {
          verified++;
          return new Token(raw, START.plus(lives).getEpochSecond());
        });
  }

  private static JsonWebToken refuse(String token) throws ParseException {
    throw new ParseException("no");
  }

  /** As much of a token as counts here. */
  private record Token(String raw, long expires) implements JsonWebToken {
    @Override
    public String getName() {
      return raw;
    }

    @Override
    public Set<String> getClaimNames() {
      return Set.of("exp");
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> T getClaim(String claim) {
      return claim.equals("exp") ? (T) Long.valueOf(expires) : null;
    }
  }
}

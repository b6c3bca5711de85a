package io.muster.chassis.access;

import io.smallrye.jwt.auth.principal.ParseException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Tokens that were verified a moment ago. Whoever comes with the very same one again gets the same
 * answer, until it expires, and for a minute at most: then a key that its issuer has withdrawn is
 * missed. A token that was refused is never remembered. Thread-safe.
 */
final class RememberedTokens {
  static final Duration LONGEST = Duration.ofMinutes(1);

  /** Some KiB each. */
  static final int MOST = 1_000;

  /** Verifies a token that isn't remembered. */
  @FunctionalInterface
  interface Verifying {
    JsonWebToken verify(String token) throws ParseException;
  }

  private record Remembered(JsonWebToken token, long untilMillis) {}

  private final Map<String, Remembered> byDigest = new ConcurrentHashMap<>();
  private final Clock clock;

  RememberedTokens(Clock clock) {
    this.clock = clock;
  }

  /**
   * @throws ParseException as verifying does
   */
  JsonWebToken verified(String token, Verifying verifying) throws ParseException {
    String digest = digest(token);
    long now = clock.millis();
    Remembered known = byDigest.get(digest);
    if (known != null && now < known.untilMillis) {
      return known.token;
    }
    JsonWebToken verified = verifying.verify(token);
    long expires = Duration.ofSeconds(verified.getExpirationTime()).toMillis();
    remember(digest, verified, Math.min(expires, now + LONGEST.toMillis()), now);
    return verified;
  }

  private void remember(String digest, JsonWebToken token, long untilMillis, long now) {
    if (byDigest.size() >= MOST) {
      byDigest.values().removeIf(each -> each.untilMillis <= now);
    }
    if (byDigest.size() >= MOST) {
      byDigest.clear();
    }
    if (now < untilMillis) {
      byDigest.put(digest, new Remembered(token, untilMillis));
    }
  }

  int size() {
    return byDigest.size();
  }

  private static String digest(String token) {
    try {
      byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

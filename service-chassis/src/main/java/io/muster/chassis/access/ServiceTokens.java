package io.muster.chassis.access;

import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;

/**
 * Tokens by which a service calls another one when nobody else is calling: a feed has no caller.
 * They are signed with a key that these services share, live for a minute, name one tenant and one
 * service that is to take them, and go by a scheme of their own, so that none can pass for a
 * person's. Thread-safe. Why so: {@code docs/decisions/0035-tokens-of-services.md}.
 */
public final class ServiceTokens {
  /** Scheme of the Authorization header. */
  public static final String SCHEME = "Muster-Service";

  private static final String ISSUER = "urn:muster:services";
  private static final String TENANT = "tenant";
  private static final Duration LIFETIME = Duration.ofMinutes(1);

  /** Clocks of two machines. */
  private static final int SKEW_SECONDS = 30;

  /** HMAC-SHA-256 with less would be weaker than its hash. */
  private static final int SHORTEST_KEY = 32;

  private final List<Key> keys;
  private final Clock clock;

  /**
   * @param keys the first one signs, all of them verify: so a key can be changed
   * @throws IllegalArgumentException when there is none, or one is shorter than 32 characters
   */
  public ServiceTokens(List<String> keys, Clock clock) {
    if (keys.isEmpty() || keys.stream().anyMatch(key -> key.length() < SHORTEST_KEY)) {
      throw new IllegalArgumentException(
          "muster.service-tokens.keys: give the services that call each other the same random text of "
              + SHORTEST_KEY
              + " characters or more");
    }
    this.keys =
        keys.stream().<Key>map(k -> new HmacKey(k.getBytes(StandardCharsets.UTF_8))).toList();
    this.clock = clock;
  }

  /**
   * Who calls, about whom.
   *
   * @param service the one that calls
   * @param tenant whose data it asks for
   */
  public record Calling(String service, String tenant) {}

  /**
   * @param from the service that calls
   * @param to the one that is called
   * @return an Authorization header, good for a minute
   */
  public String header(String from, String to, String tenant) {
    NumericDate now = NumericDate.fromMilliseconds(clock.millis());
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(ISSUER);
    claims.setSubject(from);
    claims.setAudience(to);
    claims.setIssuedAt(now);
    claims.setExpirationTime(NumericDate.fromSeconds(now.getValue() + LIFETIME.toSeconds()));
    claims.setStringClaim(TENANT, tenant);
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload(claims.toJson());
    signature.setKey(keys.get(0));
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
    try {
      return SCHEME + ' ' + signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException("this Java has no HMAC-SHA-256", e);
    }
  }

  /** Whether the header has this scheme, whatever it is worth. */
  public static boolean isOne(String header) {
    return header != null && header.startsWith(SCHEME + ' ');
  }

  /**
   * @param header with this scheme
   * @param to the service that is called
   * @return null when it is nobody's, another service's, or too old
   */
  public Calling verify(String header, String to) {
    String token = header.substring(SCHEME.length() + 1);
    for (Key key : keys) {
      Calling calling = verify(token, to, key);
      if (calling != null) {
        return calling;
      }
    }
    return null;
  }

  private Calling verify(String token, String to, Key key) {
    try {
      JwtClaims claims =
          new JwtConsumerBuilder()
              .setVerificationKey(key)
              .setJwsAlgorithmConstraints(
                  new AlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.HMAC_SHA256))
              .setExpectedIssuer(ISSUER)
              .setExpectedAudience(to)
              .setRequireSubject()
              .setRequireExpirationTime()
              .setMaxFutureValidityInMinutes(2)
              .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
              .setAllowedClockSkewInSeconds(SKEW_SECONDS)
              .build()
              .processToClaims(token);
      String tenant = claims.getStringClaimValue(TENANT);
      return tenant == null ? null : new Calling(claims.getSubject(), tenant);
    } catch (InvalidJwtException | MalformedClaimException e) {
      // Whoever sent it learns nothing from why.
      return null;
    }
  }
}

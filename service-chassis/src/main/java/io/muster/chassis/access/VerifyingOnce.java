package io.muster.chassis.access;

import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.inject.Inject;
import java.time.Clock;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Verifies a bearer token once a minute instead of with every request: a single call passes four
 * services with the same one, and clients come with theirs for an hour. Why so: {@code
 * docs/decisions/0036-what-a-single-call-costs.md}.
 */
@Decorator
@Priority(1)
abstract class VerifyingOnce implements JWTParser {
  private final RememberedTokens remembered = new RememberedTokens(Clock.systemUTC());
  private final JWTParser verifying;

  @Inject
  VerifyingOnce(@Delegate JWTParser verifying) {
    this.verifying = verifying;
  }

  @Override
  public JsonWebToken parse(String token) throws ParseException {
    return remembered.verified(token, verifying::parse);
  }
}

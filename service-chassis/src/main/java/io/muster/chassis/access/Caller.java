package io.muster.chassis.access;

import io.muster.contracts.command.Actor;
import io.muster.contracts.command.TenantId;
import io.quarkus.security.UnauthorizedException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Who makes this request, out of the verified token: every service asks here and nowhere else, so
 * that tenant and role are never taken from a parameter.
 */
@RequestScoped
public class Caller {
  private final JsonWebToken token;
  private final IssuerTenants issuerTenants;

  Caller(JsonWebToken token, IssuerTenants issuerTenants) {
    this.token = token;
    this.issuerTenants = issuerTenants;
  }

  /**
   * @return the tenant, well-formed and one that the token's issuer speaks for
   * @throws UnauthorizedException when the token names none, or one that isn't its issuer's
   */
  public String tenant() {
    Object claim = token.getClaim("tenant");
    String tenant = claim == null ? "" : text(claim);
    if (!TenantId.isOne(tenant) || !issuerTenants.speaksFor(token.getIssuer(), tenant)) {
      throw new UnauthorizedException("the token names no tenant that its issuer speaks for");
    }
    return tenant;
  }

  /** The token's {@code sub}. */
  public String subject() {
    String subject = token.getSubject();
    if (subject == null || subject.isBlank()) {
      throw new UnauthorizedException("the token names no subject");
    }
    return subject;
  }

  /** Never null. */
  public Set<String> roles() {
    Set<String> groups = token.getGroups();
    return groups == null ? Set.of() : Set.copyOf(groups);
  }

  public boolean has(String role) {
    return roles().contains(role);
  }

  /** Administrative units, never null. */
  public Set<String> units() {
    Set<String> units = new LinkedHashSet<>();
    Object claim = token.getClaim("units");
    if (claim instanceof JsonArray array) {
      array.forEach(value -> units.add(text(value)));
    } else if (claim instanceof Collection<?> many) {
      many.forEach(value -> units.add(text(value)));
    } else if (claim != null) {
      units.add(text(claim));
    }
    return units;
  }

  /** What goes into commands. */
  public Actor actor() {
    return new Actor(subject(), roles(), units());
  }

  /** The bearer token as it came, for the next service, which verifies it again. */
  public String bearer() {
    return "Bearer " + token.getRawToken();
  }

  private static String text(Object value) {
    return value instanceof JsonString string ? string.getString() : String.valueOf(value);
  }
}

package io.muster.chassis.access;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.regex.Pattern;

/** An issuer speaks only for its tenants: a foreign directory's token opens nobody else's data. */
@ApplicationScoped
public class IssuerTenants {
  private final Pattern tenants;
  private final String issuer;

  IssuerTenants(AccessConfig config) {
    this.issuer = config.issuer();
    this.tenants = Pattern.compile(config.tenants());
  }

  boolean speaksFor(String tokenIssuer, String tenant) {
    return issuer.equals(tokenIssuer) && tenants.matcher(tenant).matches();
  }
}

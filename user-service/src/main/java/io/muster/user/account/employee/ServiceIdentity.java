package io.muster.user.account.employee;

import io.muster.chassis.access.ServiceTokens;
import io.muster.chassis.access.ServiceTokens.Calling;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Set;

/**
 * Knows another service by its token. It gets a role that no person's token can bring to anything:
 * whoever is called takes the tenant from here alone. Requests of people pass it by.
 */
@ApplicationScoped
class ServiceIdentity implements HttpAuthenticationMechanism {
  static final String ROLE = "service";
  static final String TENANT = "muster-service-tenant";

  /** Elsewhere such a token is none: who is called there asks for a person. */
  private static final String OPEN = "/v1/employees/";

  private static final String OURSELVES = "user-service";

  private final ServiceTokens tokens;

  ServiceIdentity(ServiceTokensConfig config) {
    this.tokens = new ServiceTokens(config.keys(), Clock.systemUTC());
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      RoutingContext request, IdentityProviderManager identities) {
    String header = request.request().getHeader("Authorization");
    if (!ServiceTokens.isOne(header)) {
      return Uni.createFrom().nullItem();
    }
    Calling calling =
        request.normalizedPath().startsWith(OPEN) ? tokens.verify(header, OURSELVES) : null;
    if (calling == null) {
      return Uni.createFrom().failure(new AuthenticationFailedException());
    }
    return Uni.createFrom()
        .item(
            QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(calling.service()))
                .addRole(ROLE)
                .addAttribute(TENANT, calling.tenant())
                .build());
  }

  /** Not to say anything: whoever is no service is to be told of bearer tokens. */
  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext request) {
    return Uni.createFrom().nullItem();
  }

  @Override
  public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
    return Set.of();
  }
}

package io.muster.gateway.refusal;

import io.muster.chassis.access.Caller;
import io.muster.chassis.problem.Problem;
import io.muster.contracts.job.RequestCode;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.Response.Status;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;

/**
 * Notes who made a call that their role may not make. What a service refuses of a row has its entry
 * in the audit already, under the row's code.
 */
public class NotingRefusals {
  private final Caller caller;
  private final SecurityIdentity identity;
  private final TellingRefusals refusals;

  NotingRefusals(Caller caller, SecurityIdentity identity, TellingRefusals refusals) {
    this.caller = caller;
    this.identity = identity;
    this.refusals = refusals;
  }

  @ServerResponseFilter
  public void note(
      ContainerRequestContext request,
      ContainerResponseContext response,
      SimpleResourceInfo resource) {
    if (response.getStatus() != Status.FORBIDDEN.getStatusCode() || identity.isAnonymous()) {
      return;
    }
    boolean ofARow =
        response.getEntity() instanceof Problem problem
            && !RequestCode.FORBIDDEN.name().equals(problem.code());
    if (!ofARow) {
      refusals.refused(
          caller.bearer(),
          request.getMethod() + ' ' + RoutesOfCalls.of(resource),
          RequestCode.FORBIDDEN.name());
    }
  }
}

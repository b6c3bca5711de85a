package io.muster.gateway.refusal;

import io.muster.chassis.access.Caller;
import io.muster.chassis.problem.Problem;
import io.muster.contracts.job.RequestCode;
import io.muster.gateway.access.ScimErrors;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.Response.Status;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;

/**
 * Notes who made a call that their role may not make, or asked SCIM for a user by an id that isn't
 * known here: nobody guesses one, so it is another tenant's, or of somebody who is gone. What a
 * service refuses of a row has its entry in the audit already, under the row's code.
 */
public class NotingRefusals {
  private static final String SCIM_USER = ScimErrors.PATH + "/Users/{id}";

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
    RequestCode code = toNote(response, resource);
    // Who it was is asked of those calls alone: a token that isn't worth anything has no answer.
    if (code != null && !identity.isAnonymous()) {
      String call = request.getMethod() + ' ' + RoutesOfCalls.of(resource);
      refusals.refused(caller.bearer(), call, code.name());
    }
  }

  /** Null for an answer that isn't noted. */
  private static RequestCode toNote(
      ContainerResponseContext response, SimpleResourceInfo resource) {
    if (response.getStatus() == Status.FORBIDDEN.getStatusCode() && !isOfARow(response)) {
      return RequestCode.FORBIDDEN;
    }
    boolean notFound = response.getStatus() == Status.NOT_FOUND.getStatusCode();
    return notFound && RoutesOfCalls.of(resource).equals(SCIM_USER) ? RequestCode.NOT_FOUND : null;
  }

  private static boolean isOfARow(ContainerResponseContext response) {
    return response.getEntity() instanceof Problem problem
        && !RequestCode.FORBIDDEN.name().equals(problem.code());
  }
}

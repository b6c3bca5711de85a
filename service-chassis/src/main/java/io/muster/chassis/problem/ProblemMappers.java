package io.muster.chassis.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.muster.chassis.method.AllowedMethods;
import io.muster.contracts.job.RequestCode;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.Map;
import java.util.SortedSet;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every error leaves a service as a problem document that leaks nothing. */
public class ProblemMappers {
  private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;

  private final AllowedMethods allowed;

  ProblemMappers(AllowedMethods allowed) {
    this.allowed = allowed;
  }

  @ServerExceptionMapper
  public Response refused(RequestRefused refused) {
    Response.ResponseBuilder answer = answer(refused.problem());
    if (refused.problem().status() == RequestCode.UNAVAILABLE.status()
        || refused.problem().status() == RequestCode.TOO_MANY_REQUESTS.status()) {
      answer.header(
          HttpHeaders.RETRY_AFTER, refused.problem().more().getOrDefault(Problem.RETRY_AFTER, 2));
    }
    return answer.build();
  }

  @ServerExceptionMapper
  @Priority(Priorities.AUTHENTICATION)
  public Response unauthorized(UnauthorizedException e) {
    return unauthenticated();
  }

  @ServerExceptionMapper
  @Priority(Priorities.AUTHENTICATION)
  public Response authenticationFailed(AuthenticationFailedException e) {
    return unauthenticated();
  }

  @ServerExceptionMapper
  @Priority(Priorities.AUTHORIZATION)
  public Response forbidden(ForbiddenException e) {
    return answer(of(RequestCode.FORBIDDEN, "Ask for a role that may make this call.")).build();
  }

  @ServerExceptionMapper
  public Response badJson(JsonProcessingException e) {
    return answer(of(RequestCode.INVALID_REQUEST, "The body is not the JSON that this call takes."))
        .build();
  }

  /** What JAX-RS itself refuses: unknown paths, methods, media types, unreadable parameters. */
  @ServerExceptionMapper
  public Response ofJaxRs(WebApplicationException e, UriInfo uri, Request request) {
    int status = e.getResponse().getStatus();
    if (status < 400) {
      return e.getResponse();
    }
    if (e.getCause() instanceof JsonProcessingException json) {
      return badJson(json);
    }
    if (status == METHOD_NOT_ALLOWED || status == NOT_FOUND) {
      return nobodyAnswers(uri.getRequestUri().getRawPath(), request.getMethod());
    }
    return switch (status) {
      case 401 -> unauthenticated();
      case 403 ->
          answer(of(RequestCode.FORBIDDEN, "Ask for a role that may make this call.")).build();
      case 413 ->
          answer(of(RequestCode.TOO_LARGE, "The body of this call is limited to 1 MiB.")).build();
      default -> {
        if (status >= 500) {
          LOG.error("request failed", e);
        }
        RequestCode code = status >= 500 ? RequestCode.UNAVAILABLE : RequestCode.INVALID_REQUEST;
        String reason = e.getResponse().getStatusInfo().getReasonPhrase();
        yield answer(new Problem(code.name(), reason, status, cure(status), null, Map.of()))
            .build();
      }
    };
  }

  /** Where resources share a path, the framework says 404 to a method that none of them takes. */
  private Response nobodyAnswers(String path, String method) {
    SortedSet<String> methods = allowed.at(path);
    if (methods.isEmpty() || methods.contains(method)) {
      return answer(of(RequestCode.NOT_FOUND, "Nothing is found at this address.")).build();
    }
    return answer(
            new Problem(
                RequestCode.INVALID_REQUEST.name(),
                "Method Not Allowed",
                METHOD_NOT_ALLOWED,
                "This address takes other methods: Allow and /q/openapi list them.",
                null,
                Map.of()))
        .allow(methods)
        .build();
  }

  private static String cure(int status) {
    return switch (status) {
      case 406 -> "Accept a media type that this call answers: /q/openapi lists them.";
      case 415 -> "Send a media type that this call takes: /q/openapi lists them.";
      default ->
          status >= 500
              ? "Try again; if it stays, tell the operators the time of this answer."
              : "The request can't be read: /q/openapi describes the call.";
    };
  }

  /**
   * A body that broke off: nobody reads this answer. Left to the framework, it would be logged as
   * an error with the call's path, which names people.
   */
  @ServerExceptionMapper
  public Response brokenOff(IOException e) {
    LOG.debugf("a request's body broke off: %s", e.getClass().getName());
    return answer(of(RequestCode.INVALID_REQUEST, "The body broke off: send the call again."))
        .build();
  }

  /**
   * Checked ones, too. Where the database is away in the middle of a call, the call is to be sent
   * again; all else is a fault of ours.
   */
  @ServerExceptionMapper
  public Response broken(Exception e) {
    if (PassingFault.isIn(e)) {
      LOG.warnf("request failed for now: %s", Causes.told(e));
      return refused(
          RequestRefused.because(
              RequestCode.UNAVAILABLE, "The database is away just now. Try again in a moment."));
    }
    LOG.error("request failed", e);
    return answer(
            new Problem(
                RequestCode.UNAVAILABLE.name(),
                "Something broke on our side",
                500,
                "Try again; if it stays, tell the operators the time of this answer.",
                null,
                Map.of()))
        .build();
  }

  private static Response unauthenticated() {
    return answer(of(RequestCode.UNAUTHENTICATED, "Send a valid bearer token for audience muster."))
        .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
        .build();
  }

  private static Problem of(RequestCode code, String detail) {
    return new Problem(code.name(), code.title(), code.status(), detail, null, Map.of());
  }

  private static Response.ResponseBuilder answer(Problem problem) {
    return Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem);
  }
}

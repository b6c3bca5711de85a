package io.muster.gateway.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.chassis.access.Caller;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.job.RequestCode;
import io.muster.gateway.access.Collector;
import io.muster.gateway.access.Parameters;
import io.muster.gateway.access.ServiceCalls;
import io.muster.gateway.access.ServicesConfig;
import io.muster.gateway.access.Sight;
import io.muster.gateway.status.FindingJobs;
import io.muster.gateway.status.JobView;
import io.muster.gateway.submit.AcceptedJobs;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.BitSet;
import java.util.Map;

/**
 * Passes what is wanted of a job on to its owner, for jobs within the caller's sight, and keeps the
 * job as it was answered before the caller hears it. Which rows a child job gets is worked out
 * here: only the gateway knows how rows ended. Every method answers 202 and the job, or throws
 * {@link RequestRefused}.
 */
@ApplicationScoped
class ControllingJobs {
  private static final Map<String, String> OF_BITS =
      Map.of("Content-Type", "application/octet-stream");

  private final Caller caller;
  private final FindingJobs finding;
  private final AwaitingTheEnd ending;
  private final PickingRows picking;
  private final ServiceCalls calls;
  private final ServicesConfig services;
  private final AcceptedJobs accepted;
  private final Clock clock;

  ControllingJobs(
      Caller caller,
      FindingJobs finding,
      AwaitingTheEnd ending,
      PickingRows picking,
      ServiceCalls calls,
      ServicesConfig services,
      AcceptedJobs accepted,
      Clock clock) {
    this.caller = caller;
    this.finding = finding;
    this.ending = ending;
    this.picking = picking;
    this.calls = calls;
    this.services = services;
    this.accepted = accepted;
    this.clock = clock;
  }

  /**
   * What operators may do as well, whoever's job it is.
   *
   * @param verb pause, resume or cancel
   */
  Response steer(String id, String verb) {
    JobView view = inSight(id);
    String ofTenant = view.people() ? "" : "?tenant=" + view.job().tenant();
    return pass(view, verb + ofTenant, Map.of(), BodyPublishers.noBody());
  }

  Response close(String id) {
    return pass(ending.await(own(id), () -> own(id)), "close", Map.of(), BodyPublishers.noBody());
  }

  /**
   * @param maxFailures of the child; null for the default
   */
  Response run(String id, String maxFailures) {
    JobView view = own(id).stillOpen(clock.instant());
    return pass(view, "run" + query(maxFailures), Map.of(), BodyPublishers.noBody());
  }

  /** As {@link #run}. */
  Response retry(String id, String maxFailures) {
    JobView view = finished(id);
    BitSet rows = picking.worthARetry(view);
    if (rows.isEmpty()) {
      throw RequestRefused.because(
          RequestCode.WRONG_STATE,
          "No row is left to retry: rows refused in the file need the file corrected, and rows"
              + " that something newer has overtaken need a new decision.");
    }
    return child(view, "retry", rows, maxFailures);
  }

  /** As {@link #run}. */
  Response undo(String id, String maxFailures) {
    JobView view = finished(id);
    BitSet rows = picking.succeeded(view);
    if (rows.isEmpty()) {
      throw RequestRefused.because(
          RequestCode.WRONG_STATE, "No row succeeded, so there is nothing to take back.");
    }
    return child(view, "undo", rows, maxFailures);
  }

  private Response child(JobView view, String verb, BitSet rows, String maxFailures) {
    BodyPublisher bits = BodyPublishers.ofByteArray(rows.toByteArray());
    return pass(view, verb + query(maxFailures), OF_BITS, bits);
  }

  private Response pass(
      JobView view, String verb, Map<String, String> headers, BodyPublisher body) {
    String path = "/v1/jobs/" + view.job().id() + '/' + verb;
    byte[] answer =
        ServiceCalls.whole(
            calls.post(services.bulkIngestUrl(), path, caller.bearer(), headers, body));
    ObjectNode job = accepted.show(answer, view.people(), Collector.of(caller));
    return Response.accepted(job)
        .location(URI.create("/v1/jobs/" + job.get("id").asText()))
        .build();
  }

  private JobView finished(String id) {
    JobView view = ending.await(own(id).stillOpen(clock.instant()), () -> own(id));
    if (!view.job().state().isFinal()) {
      throw RequestRefused.because(
          RequestCode.JOB_NOT_FINISHED,
          "The job is %s: wait for its end, or cancel it.".formatted(view.job().state()));
    }
    return view;
  }

  /** Operators see all jobs, but only steer those of others. */
  private JobView own(String id) {
    JobView view = inSight(id);
    if (!view.people()) {
      throw RequestRefused.because(
          RequestCode.FORBIDDEN, "Operators pause, resume and cancel jobs of others, no more.");
    }
    return view;
  }

  private JobView inSight(String id) {
    return finding.find(Sight.of(caller), Parameters.jobId(id)).orElseThrow(Parameters::noSuchJob);
  }

  private static String query(String maxFailures) {
    return maxFailures == null
        ? ""
        : "?maxFailures=" + URLEncoder.encode(maxFailures, StandardCharsets.UTF_8);
  }
}

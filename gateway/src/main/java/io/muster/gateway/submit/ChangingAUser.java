package io.muster.gateway.submit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.result.RowCode;
import io.muster.gateway.access.ServiceCalls;
import io.muster.gateway.access.ServicesConfig;
import io.muster.gateway.directory.ReadingUsers;
import io.muster.gateway.status.rows.SingleRow;
import io.muster.gateway.status.rows.SingleRow.End;
import io.muster.gateway.track.AwaitedJobs;
import io.muster.gateway.track.RowOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Adds one user: a job of one row, which goes the way of all rows, and whose end is waited for. */
@ApplicationScoped
public class AddingAUser {
  /**
   * What came of it in time.
   *
   * @param user the added user; null when the row hasn't ended yet
   * @param job the job of one row
   */
  record Added(ObjectNode user, ObjectNode job) {}

  /** Another copy of the gateway may have counted the result: look every now and then. */
  private static final long LOOK_EVERY_MILLIS = 250;

  /** The codes that blame the name; others name their column in the message only. */
  private static final Set<RowCode> BLAME_THE_NAME =
      Set.of(
          RowCode.USER_ALREADY_EXISTS,
          RowCode.USER_NOT_FOUND,
          RowCode.USER_REMOVED,
          RowCode.INVALID_USER_PRINCIPAL_NAME,
          RowCode.DOMAIN_NOT_ALLOWED);

  private final ServiceCalls calls;
  private final ServicesConfig services;
  private final AcceptedJobs accepted;
  private final AwaitedJobs awaited;
  private final SingleRow rows;
  private final ReadingUsers users;
  private final Clock clock;

  AddingAUser(
      ServiceCalls calls,
      ServicesConfig services,
      AcceptedJobs accepted,
      AwaitedJobs awaited,
      SingleRow rows,
      ReadingUsers users,
      Clock clock) {
    this.calls = calls;
    this.services = services;
    this.accepted = accepted;
    this.awaited = awaited;
    this.rows = rows;
    this.users = users;
    this.clock = clock;
  }

  /**
   * Blocks until the row has ended, at most as long as the caller wants to wait.
   *
   * @param user checked JSON
   * @param bearer the caller's Authorization header
   * @throws RequestRefused when the row is refused, with its code, remedy and job
   */
  Added add(ObjectNode user, String bearer, Duration patience) {
    Instant until = clock.instant().plus(patience);
    JobSnapshot job = submit(user, bearer);
    try (AwaitedJobs.Wait wait = awaited.listen(job.id())) {
      Optional<End> end = rows.endOf(job);
      while (end.isEmpty() && clock.instant().isBefore(until)) {
        long left = Duration.between(clock.instant(), until).toMillis();
        wait.forAtMost(Math.max(1, Math.min(LOOK_EVERY_MILLIS, left)));
        end = rows.endOf(job);
      }
      return end.map(found -> ended(job, user, found, bearer)).orElseGet(() -> later(job));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return later(job);
    }
  }

  private JobSnapshot submit(ObjectNode user, String bearer) {
    try (InputStream answer =
        calls.post(
            services.bulkIngestUrl(),
            "/v1/rows?operation=add",
            bearer,
            Map.of(),
            BodyPublishers.ofString(user.toString()))) {
      return accepted.keep(answer.readAllBytes());
    } catch (IOException e) {
      throw ServiceCalls.unavailable();
    }
  }

  private Added ended(JobSnapshot job, ObjectNode user, End end, String bearer) {
    if (end.outcome() == RowOutcome.FAILED) {
      String field = BLAME_THE_NAME.contains(end.code()) ? "userPrincipalName" : null;
      throw RequestRefused.row(end.code(), end.detail(), field).with("job", job.id().toString());
    }
    try {
      ObjectNode added = users.show(user.path("userPrincipalName").asText(), bearer);
      added.put("job", job.id().toString());
      return new Added(added, null);
    } catch (RequestRefused e) {
      // The user is added, only not to be read just now: asking for the add again would be wrong.
      return later(job);
    }
  }

  private Added later(JobSnapshot job) {
    return new Added(null, accepted.show(job));
  }
}

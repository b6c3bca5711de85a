package io.muster.gateway.submit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.command.Operation;
import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.result.RowCode;
import io.muster.gateway.access.ServiceCalls;
import io.muster.gateway.access.ServicesConfig;
import io.muster.gateway.directory.ReadingUsers;
import io.muster.gateway.password.CollectingPasswords;
import io.muster.gateway.status.rows.SingleRow;
import io.muster.gateway.status.rows.SingleRow.End;
import io.muster.gateway.track.AwaitedJobs;
import io.muster.gateway.track.CountedHere;
import io.muster.gateway.track.row.RowOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Changes one user: a job of one row, which goes the way of all rows, and whose end is waited for.
 */
@ApplicationScoped
public class ChangingAUser {
  /**
   * What came of it in time.
   *
   * @param user the user after it, with a generated password and what the services had to add as
   *     {@code message}; null when the row hasn't ended yet
   * @param job the job of one row; null when the row has ended
   */
  record Changed(ObjectNode user, ObjectNode job) {}

  /**
   * Another instance of the gateway may have counted the result, which nobody tells this one: look
   * soon at first, then more and more seldom, so that a call takes a quarter longer at most, and a
   * slow one costs little. Where all results are counted in this process it is told at once, and
   * looking is for what is lost in between.
   */
  private static final long FIRST_LOOK_MILLIS = 30;

  private static final long LONGEST_PAUSE_MILLIS = 250;
  private static final long PART_MORE = 4;

  /** Operations after which the user may have a password that only this answer tells. */
  private static final Set<Operation> GENERATING =
      EnumSet.of(Operation.ADD, Operation.ENABLE, Operation.SET_PASSWORD);

  /** The field that a service's refusal blames; other codes name their column in the message. */
  private static final Map<RowCode, String> TO_BLAME =
      Map.ofEntries(
          Map.entry(RowCode.USER_ALREADY_EXISTS, "userPrincipalName"),
          Map.entry(RowCode.USER_NOT_FOUND, "userPrincipalName"),
          Map.entry(RowCode.USER_REMOVED, "userPrincipalName"),
          Map.entry(RowCode.INVALID_USER_PRINCIPAL_NAME, "userPrincipalName"),
          Map.entry(RowCode.DOMAIN_NOT_ALLOWED, "userPrincipalName"),
          Map.entry(RowCode.NO_SEATS_LEFT, "licenses"),
          Map.entry(RowCode.UNKNOWN_SUBSCRIPTION, "licenses"),
          Map.entry(RowCode.PASSWORD_TOO_WEAK, "password"),
          Map.entry(RowCode.SECRET_EXPIRED, "password"),
          Map.entry(RowCode.UNSUPPORTED_PASSWORD_HASH, "passwordHash"));

  /** How a service's message begins that names one. */
  private static final Pattern COLUMN = Pattern.compile("Column ([A-Z][A-Za-z]*)\\b");

  private final ServiceCalls calls;
  private final ServicesConfig services;
  private final AcceptedJobs accepted;
  private final AwaitedJobs awaited;
  private final CountedHere countedHere;
  private final SingleRow rows;
  private final ReadingUsers users;
  private final CollectingPasswords passwords;
  private final Clock clock;

  ChangingAUser(
      ServiceCalls calls,
      ServicesConfig services,
      AcceptedJobs accepted,
      AwaitedJobs awaited,
      CountedHere countedHere,
      SingleRow rows,
      ReadingUsers users,
      CollectingPasswords passwords,
      Clock clock) {
    this.calls = calls;
    this.services = services;
    this.accepted = accepted;
    this.awaited = awaited;
    this.countedHere = countedHere;
    this.rows = rows;
    this.users = users;
    this.passwords = passwords;
    this.clock = clock;
  }

  /**
   * Blocks until the row has ended, at most as long as the caller wants to wait.
   *
   * @param user checked JSON
   * @param bearer the caller's Authorization header
   * @throws RequestRefused when the row is refused, with its code, remedy and job
   */
  Changed change(Operation operation, ObjectNode user, String bearer, Duration patience) {
    Instant begun = clock.instant();
    Instant until = begun.plus(patience);
    JobSnapshot job = submit(operation, user, bearer);
    HeardRow row = new HeardRow();
    try (AwaitedJobs.Wait wait = awaited.listen(job.id(), row::hear)) {
      accepted.keep(job);
      // Where all results are counted here a first look would find nothing nearly always; what was
      // counted before this is found after a pause.
      Optional<End> end = countedHere.all() ? row.end() : rows.endOf(job);
      while (end.isEmpty() && clock.instant().isBefore(until)) {
        boolean moved = wait.forAtMost(pause(begun, until));
        end = row.end();
        if (end.isEmpty() && (!moved || !clock.instant().isBefore(until))) {
          end = rows.endOf(job);
        }
      }
      return end.map(found -> ended(operation, job, user, found, bearer))
          .orElseGet(() -> later(job));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return later(job);
    }
  }

  private long pause(Instant begun, Instant until) {
    Instant now = clock.instant();
    long soFar = Duration.between(begun, now).toMillis();
    long left = Duration.between(now, until).toMillis();
    long pause =
        countedHere.all()
            ? LONGEST_PAUSE_MILLIS
            : Math.max(FIRST_LOOK_MILLIS, Math.min(LONGEST_PAUSE_MILLIS, soFar / PART_MORE));
    return Math.max(1, Math.min(pause, left));
  }

  private JobSnapshot submit(Operation operation, ObjectNode user, String bearer) {
    try (InputStream answer =
        calls.post(
            services.bulkIngestUrl(),
            "/v1/rows?operation=" + operation.word(),
            bearer,
            Map.of(),
            BodyPublishers.ofString(user.toString()))) {
      return accepted.read(answer.readAllBytes());
    } catch (IOException e) {
      throw ServiceCalls.unavailable();
    }
  }

  private Changed ended(
      Operation operation, JobSnapshot job, ObjectNode user, End end, String bearer) {
    if (end.outcome() == RowOutcome.FAILED) {
      throw RequestRefused.row(end.code(), end.detail(), toBlame(end.code(), end.detail()))
          .with("job", job.id().toString());
    }
    try {
      ObjectNode changed = users.show(user.path("userPrincipalName").asText(), bearer);
      changed.put("job", job.id().toString());
      if (end.detail() != null) {
        changed.put("message", end.detail());
      }
      if (GENERATING.contains(operation)
          && changed.path("credential").asText().equals("GENERATED")) {
        passwords.ofSingleCall(job.id(), bearer).ifPresent(clear -> changed.put("password", clear));
      }
      return new Changed(changed, null);
    } catch (RequestRefused e) {
      // It is done, only not to be read just now: asking for it again would be wrong.
      return later(job);
    }
  }

  /**
   * @param detail null when the service told no more than the code
   * @return null when no field is to blame
   */
  static String toBlame(RowCode code, String detail) {
    Matcher column = COLUMN.matcher(detail == null ? "" : detail);
    if (TO_BLAME.containsKey(code) || !column.lookingAt()) {
      return TO_BLAME.get(code);
    }
    String name = column.group(1);
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  private Changed later(JobSnapshot job) {
    return new Changed(null, accepted.show(job));
  }
}

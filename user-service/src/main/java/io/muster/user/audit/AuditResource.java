package io.muster.user.audit;

import io.muster.chassis.access.Caller;
import io.muster.chassis.access.Roles;
import io.muster.chassis.problem.RequestRefused;
import io.muster.user.audit.AuditTables.Placed;
import io.muster.user.audit.ReadingTheAudit.Wanted;
import io.muster.user.behind.FollowingUp;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** The audit for a tenant's administrators. */
@Path("/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.TENANT_ADMIN)
public class AuditResource {
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 1_000;

  private final Caller caller;

  /** A single change is followed up in milliseconds; a big job's are read without its last. */
  private static final Duration FOR_THE_NEWEST = Duration.ofSeconds(2);

  private final ReadingTheAudit audit;
  private final FollowingUp followingUp;

  AuditResource(Caller caller, ReadingTheAudit audit, FollowingUp followingUp) {
    this.caller = caller;
    this.audit = audit;
    this.followingUp = followingUp;
  }

  /**
   * A page of the audit.
   *
   * @param next to be passed as {@code after}, with the same filters; null on the last page
   */
  public record Page(List<AuditEntry> items, String next) {}

  /** Newest first; parameters as in API.md. */
  @GET
  public Page list(
      @QueryParam("user") String user,
      @QueryParam("job") String job,
      @QueryParam("after") String after,
      @QueryParam("limit") String limit) {
    int most = limit(limit);
    Wanted wanted =
        new Wanted(
            text(user) ? name(user) : null,
            text(job) ? jobId(job) : null,
            text(after) ? AuditPlace.decoded(after) : AuditPlace.TOP);
    if (wanted.user() != null && !text(after)) {
      followingUp.catchUp(caller.tenant(), FOR_THE_NEWEST);
    }
    List<Placed> found = audit.read(caller.tenant(), wanted, most + 1);
    boolean last = found.size() <= most;
    List<Placed> shown = last ? found : found.subList(0, most);
    return new Page(
        shown.stream().map(Placed::entry).toList(),
        last ? null : shown.get(most - 1).place().encoded());
  }

  /** Empty means not given. */
  private static boolean text(String value) {
    return value != null && !value.isBlank();
  }

  private static String name(String user) {
    if (user.indexOf('\0') >= 0) {
      throw RequestRefused.invalid("user", "Text holds no NUL character.");
    }
    return user;
  }

  private static UUID jobId(String job) {
    try {
      return UUID.fromString(job);
    } catch (IllegalArgumentException e) {
      throw RequestRefused.invalid("job", "A job's id is a UUID: copy it from the job.");
    }
  }

  private static int limit(String limit) {
    if (!text(limit)) {
      return DEFAULT_LIMIT;
    }
    try {
      int wanted = Integer.parseInt(limit);
      if (wanted >= 1 && wanted <= MAX_LIMIT) {
        return wanted;
      }
    } catch (NumberFormatException e) {
      // Refused below, like a number out of bounds.
    }
    throw RequestRefused.invalid("limit", "Ask for 1 to 1000 entries at a time.");
  }
}

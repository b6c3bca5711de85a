package io.muster.bulkingest.hr.show;

import io.muster.bulkingest.hr.order.ReleasingAFeed;
import io.muster.chassis.access.Caller;
import io.muster.chassis.access.Roles;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.hr.Disposition;
import io.muster.contracts.job.RequestCode;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import org.jboss.resteasy.reactive.RestQuery;

/** HR's feed, for the tenant's administrators. */
@Path("/v1/hr")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@RolesAllowed(Roles.TENANT_ADMIN)
public class HrResource {
  private static final int DEFAULT_LIMIT = 100;
  private static final int LARGEST_LIMIT = 1_000;

  private final Caller caller;
  private final ShowingEvents events;
  private final ShowingTheSchedule schedule;
  private final ShowingAFeed feed;
  private final ReleasingAFeed releasing;

  HrResource(
      Caller caller,
      ShowingEvents events,
      ShowingTheSchedule schedule,
      ShowingAFeed feed,
      ReleasingAFeed releasing) {
    this.caller = caller;
    this.events = events;
    this.schedule = schedule;
    this.feed = feed;
    this.releasing = releasing;
  }

  /** Newest receipt first. */
  @GET
  @Path("/events")
  public ShowingEvents.Page events(
      @RestQuery String employee,
      @RestQuery String disposition,
      @RestQuery String after,
      @RestQuery String limit)
      throws SQLException {
    return events.list(
        caller.tenant(),
        text("employee", employee),
        disposition(disposition),
        number(after),
        limit(limit));
  }

  @GET
  @Path("/scheduled")
  public ShowingTheSchedule.Page scheduled(@RestQuery String after, @RestQuery String limit)
      throws SQLException {
    return schedule.list(caller.tenant(), text("after", after), limit(limit));
  }

  @GET
  @Path("/feed")
  public ShowingAFeed.Shown feed() throws SQLException {
    return feed.show(caller.tenant());
  }

  /** Lets a paused feed go on with all that has come by now. */
  @POST
  @Path("/feed/release")
  @Consumes(MediaType.WILDCARD)
  public Response release() throws SQLException {
    if (!releasing.release(caller.tenant(), caller.subject())) {
      throw RequestRefused.because(
          RequestCode.WRONG_STATE, "The feed isn't paused: there is nothing to release.");
    }
    return Response.accepted(feed.show(caller.tenant())).build();
  }

  /** Empty means not given. */
  private static String text(String field, String value) {
    if (value == null || value.isBlank()) {
      return null;
    }
    if (value.indexOf('\0') >= 0) {
      throw RequestRefused.invalid(field, "Text holds no NUL character.");
    }
    return value;
  }

  private static Disposition disposition(String word) {
    String wanted = text("disposition", word);
    if (wanted == null) {
      return null;
    }
    for (Disposition each : Disposition.values()) {
      if (each.name().equals(wanted.strip().toUpperCase(Locale.ROOT))) {
        return each;
      }
    }
    throw RequestRefused.invalid(
        "disposition", "disposition is one of " + Arrays.toString(Disposition.values()) + ".");
  }

  private static long number(String after) {
    String text = text("after", after);
    try {
      long below = text == null ? Long.MAX_VALUE : Long.parseLong(text);
      if (below > 0) {
        return below;
      }
    } catch (NumberFormatException e) {
      // Refused below, like a number that none has.
    }
    throw RequestRefused.invalid("after", "after is the next of an earlier page.");
  }

  private static int limit(String limit) {
    String text = text("limit", limit);
    try {
      int wanted = text == null ? DEFAULT_LIMIT : Integer.parseInt(text);
      if (wanted >= 1 && wanted <= LARGEST_LIMIT) {
        return wanted;
      }
    } catch (NumberFormatException e) {
      // Refused below, like a number out of bounds.
    }
    throw RequestRefused.invalid("limit", "limit is a number from 1 to 1,000.");
  }
}

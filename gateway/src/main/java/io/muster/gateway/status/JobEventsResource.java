package io.muster.gateway.status;

import io.muster.chassis.access.Caller;
import io.muster.chassis.access.Roles;
import io.muster.gateway.access.Collector;
import io.muster.gateway.access.Parameters;
import io.muster.gateway.access.Sight;
import io.muster.gateway.status.WatchingJobs.Sighting;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Instant;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.resteasy.reactive.ResponseHeader;

/** A job as server-sent events. */
@Path("/v1/jobs/{id}/events")
@RolesAllowed({Roles.TENANT_ADMIN, Roles.PASSWORD_ADMIN, Roles.OPERATOR})
public class JobEventsResource {
  private static final long RECONNECT_AFTER_MILLIS = 2_000;

  private final Caller caller;
  private final JsonWebToken token;
  private final FindingJobs finding;
  private final ShowingJobs showing;
  private final WatchingJobs watching;
  private final SeatsOfDryRuns seats;

  JobEventsResource(
      Caller caller,
      JsonWebToken token,
      FindingJobs finding,
      ShowingJobs showing,
      WatchingJobs watching,
      SeatsOfDryRuns seats) {
    this.caller = caller;
    this.token = token;
    this.finding = finding;
    this.showing = showing;
    this.watching = watching;
    this.seats = seats;
  }

  /**
   * @param lastEventId accepted from clients that come back; the newest state is sent first anyway
   */
  @GET
  @Blocking
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @ResponseHeader(name = "X-Accel-Buffering", value = "no")
  @ResponseHeader(name = HttpHeaders.CACHE_CONTROL, value = "no-store")
  public Multi<OutboundSseEvent> events(
      @PathParam("id") String id,
      @HeaderParam("Last-Event-ID") String lastEventId,
      @Context Sse sse) {
    JobView now =
        finding.find(Sight.of(caller), Parameters.jobId(id)).orElseThrow(Parameters::noSuchJob);
    Collector viewer = Collector.of(caller);
    String bearer = caller.bearer();
    return watching
        .watch(now, Instant.ofEpochSecond(token.getExpirationTime()))
        .onItem()
        .transformToUniAndConcatenate(sighting -> withSeats(sighting, bearer))
        .map(sighting -> event(sse, sighting, viewer));
  }

  /**
   * The end of a dry run tells of seats, which may have to be asked for: on a thread of its own.
   */
  private Uni<Sighting> withSeats(Sighting sighting, String bearer) {
    if (sighting.view() == null || !SeatsOfDryRuns.areMissing(sighting.view())) {
      return Uni.createFrom().item(sighting);
    }
    return Uni.createFrom()
        .item(() -> new Sighting(seats.addTo(sighting.view(), bearer)))
        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
  }

  private OutboundSseEvent event(Sse sse, Sighting sighting, Collector viewer) {
    if (sighting.view() == null) {
      return sse.newEventBuilder().comment("still here").build();
    }
    return sse.newEventBuilder()
        .name("job")
        .id(Long.toString(sighting.view().revision()))
        .reconnectDelay(RECONNECT_AFTER_MILLIS)
        .data(showing.show(sighting.view(), viewer).toString())
        .build();
  }
}

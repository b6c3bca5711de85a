package io.muster.gateway.hr;

import io.muster.chassis.access.Caller;
import io.muster.chassis.access.Roles;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.hr.HrEvent;
import io.muster.contracts.job.RequestCode;
import io.muster.gateway.access.BodyLimit;
import io.muster.gateway.access.ServiceCalls;
import io.muster.gateway.access.ServicesConfig;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;

/**
 * HR's feed by HTTP: events in for systems without Kafka, and what became of them as
 * bulk-ingest-service tells it.
 */
@Path("/v1/hr")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@RolesAllowed(Roles.TENANT_ADMIN)
public class HrResource {
  private final Caller caller;
  private final ReadingACall reading;
  private final SendingEvents sending;
  private final ServiceCalls calls;
  private final ServicesConfig services;

  HrResource(
      Caller caller,
      ReadingACall reading,
      SendingEvents sending,
      ServiceCalls calls,
      ServicesConfig services) {
    this.caller = caller;
    this.reading = reading;
    this.sending = sending;
    this.calls = calls;
    this.services = services;
  }

  /**
   * What was taken in.
   *
   * @param ids of the events, in their order
   */
  public record Taken(List<String> ids) {}

  /** All of the events are stored when this answers, or none of them counts. */
  @POST
  @Path("events")
  @Consumes(MediaType.WILDCARD)
  @RolesAllowed({Roles.HR_FEED, Roles.TENANT_ADMIN})
  public Response take(@Context HttpHeaders headers, InputStream body) throws IOException {
    String tenant = caller.tenant();
    List<HrEvent> events = reading.read(headers, BodyLimit.read(body));
    if (!events.stream().allMatch(event -> event.data().tenant().equals(tenant))) {
      throw RequestRefused.because(
          RequestCode.FORBIDDEN,
          "An event names another tenant than the token: send each tenant's with a token of its"
              + " own.");
    }
    sending.send(events);
    return Response.accepted(new Taken(events.stream().map(HrEvent::id).toList())).build();
  }

  /** {@code employee}, {@code disposition}, {@code after} and {@code limit} are checked there. */
  @GET
  @Path("events")
  public byte[] events(@Context UriInfo request) {
    return get("/v1/hr/events", request);
  }

  @GET
  @Path("scheduled")
  public byte[] scheduled(@Context UriInfo request) {
    return get("/v1/hr/scheduled", request);
  }

  @GET
  @Path("feed")
  public byte[] feed(@Context UriInfo request) {
    return get("/v1/hr/feed", request);
  }

  @POST
  @Path("feed/release")
  @Consumes(MediaType.WILDCARD)
  public Response release() {
    byte[] feed =
        ServiceCalls.whole(
            calls.post(
                services.bulkIngestUrl(),
                "/v1/hr/feed/release",
                caller.bearer(),
                Map.of(),
                BodyPublishers.noBody()));
    return Response.accepted(feed).build();
  }

  private byte[] get(String path, UriInfo request) {
    String query = request.getRequestUri().getRawQuery();
    return ServiceCalls.whole(
        calls.get(
            services.bulkIngestUrl(), query == null ? path : path + '?' + query, caller.bearer()));
  }
}

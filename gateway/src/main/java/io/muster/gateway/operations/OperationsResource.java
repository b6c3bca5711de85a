package io.muster.gateway.operations;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.chassis.access.Caller;
import io.muster.chassis.access.Roles;
import io.muster.gateway.access.ServiceCalls;
import io.muster.gateway.access.ServicesConfig;
import io.muster.gateway.operations.BusBacklog.Backlog;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** How the whole system stands, and the switch that stops it. Numbers only, nobody's data. */
@Path("/v1/operations")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.OPERATOR)
public class OperationsResource {
  private static final String PATH = "/v1/operations";

  private final Caller caller;
  private final ServiceCalls calls;
  private final ServicesConfig services;
  private final BusBacklog backlog;
  private final ObjectMapper json;

  OperationsResource(
      Caller caller,
      ServiceCalls calls,
      ServicesConfig services,
      BusBacklog backlog,
      ObjectMapper json) {
    this.caller = caller;
    this.calls = calls;
    this.services = services;
    this.backlog = backlog;
    this.json = json;
  }

  /**
   * What bulk-ingest-service tells of its window, shares and spools, and beside it {@code lag} and
   * {@code deadLetters}, which are null while the broker is away.
   */
  @GET
  public ObjectNode show() throws IOException {
    byte[] told = ServiceCalls.whole(calls.get(services.bulkIngestUrl(), PATH, caller.bearer()));
    ObjectNode operations = (ObjectNode) json.readTree(told);
    Optional<Backlog> now = backlog.look();
    operations.set("lag", json.valueToTree(now.map(Backlog::lag).orElse(null)));
    operations.set("deadLetters", json.valueToTree(now.map(Backlog::deadLetters).orElse(null)));
    return operations;
  }

  /**
   * @param tenant whose jobs stand still; null for everybody's
   */
  @POST
  @Path("dispatch/pause")
  public byte[] pause(@QueryParam("tenant") String tenant) {
    return dispatch("pause", tenant);
  }

  /**
   * @param tenant whose jobs go on; null for everybody's
   */
  @POST
  @Path("dispatch/resume")
  public byte[] resume(@QueryParam("tenant") String tenant) {
    return dispatch("resume", tenant);
  }

  private byte[] dispatch(String verb, String tenant) {
    String ofTenant =
        tenant == null ? "" : "?tenant=" + URLEncoder.encode(tenant, StandardCharsets.UTF_8);
    return ServiceCalls.whole(
        calls.post(
            services.bulkIngestUrl(),
            PATH + "/dispatch/" + verb + ofTenant,
            caller.bearer(),
            Map.of(),
            BodyPublishers.noBody()));
  }
}

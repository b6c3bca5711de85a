package io.muster.bulkingest.operations;

import io.muster.bulkingest.dispatch.Dispatcher;
import io.muster.bulkingest.dispatch.lease.HaltingDispatch;
import io.muster.chassis.access.Caller;
import io.muster.chassis.access.Roles;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.command.TenantId;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.sql.SQLException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestQuery;

/** For operators alone: what is going on, and the switch that stops it. */
@Path("/v1/operations")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@Blocking
@RolesAllowed(Roles.OPERATOR)
public class OperationsResource {
  private static final Logger LOG = Logger.getLogger(OperationsResource.class);

  private final Caller caller;
  private final LookingOverOperations looking;
  private final HaltingDispatch halting;
  private final Dispatcher dispatcher;

  OperationsResource(
      Caller caller,
      LookingOverOperations looking,
      HaltingDispatch halting,
      Dispatcher dispatcher) {
    this.caller = caller;
    this.looking = looking;
    this.halting = halting;
    this.dispatcher = dispatcher;
  }

  @GET
  public Overview overview() throws SQLException, IOException {
    return looking.overview();
  }

  /** Nothing new goes to the bus, of one tenant or of all; jobs stay in the state they are in. */
  @POST
  @Path("/dispatch/pause")
  public Overview.Dispatch pause(@RestQuery String tenant) throws SQLException {
    String whom = whom(tenant);
    halting.halt(whom);
    LOG.warnf("dispatch is halted, tenant=%s by=%s", whom, caller.subject());
    dispatcher.wakeUp();
    return looking.dispatch();
  }

  /** Takes that back; a tenant that was paused by name has to be resumed by name. */
  @POST
  @Path("/dispatch/resume")
  public Overview.Dispatch resume(@RestQuery String tenant) throws SQLException {
    String whom = whom(tenant);
    halting.release(whom);
    LOG.warnf("dispatch goes on, tenant=%s by=%s", whom, caller.subject());
    dispatcher.wakeUp();
    return looking.dispatch();
  }

  private static String whom(String tenant) {
    if (tenant == null || tenant.isBlank()) {
      return HaltingDispatch.ALL;
    }
    if (!TenantId.isOne(tenant)) {
      throw RequestRefused.invalid(
          "tenant", "A tenant's id has 1 to 63 small letters, digits and hyphens.");
    }
    return tenant;
  }
}

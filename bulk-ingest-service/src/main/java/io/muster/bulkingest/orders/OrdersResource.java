package io.muster.bulkingest.orders;

import io.muster.chassis.access.Caller;
import io.muster.chassis.access.Roles;
import io.muster.chassis.problem.RequestRefused;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;

/** Where the gateway hands on what an identity tool wants, told in SCIM. */
@Path("/v1/orders")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class OrdersResource {
  private static final int MOST_ORDERS = 1_000;

  private final Caller caller;
  private final AdmittingOrders admitting;

  OrdersResource(Caller caller, AdmittingOrders admitting) {
    this.caller = caller;
    this.admitting = admitting;
  }

  /**
   * All of them as one job. What comes out of it is 202 with or without a job: each order may be
   * refused by itself.
   *
   * @param mostErrors stops at so many; without it, or with 0, everything is tried
   */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.TENANT_ADMIN)
  public Response admit(List<Order> orders, @RestQuery Integer mostErrors) {
    if (orders == null || orders.isEmpty() || orders.size() > MOST_ORDERS) {
      throw RequestRefused.invalid("orders", "Send 1 to " + MOST_ORDERS + " orders.");
    }
    int stop = mostErrors == null ? 0 : Math.max(0, mostErrors);
    return Response.accepted(
            admitting.admit(orders, stop, caller.tenant(), caller.actor(), caller.bearer()))
        .build();
  }
}

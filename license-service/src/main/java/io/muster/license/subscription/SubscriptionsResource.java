package io.muster.license.subscription;

import io.muster.chassis.access.Caller;
import io.muster.chassis.access.Roles;
import io.muster.chassis.problem.RequestRefused;
import io.muster.chassis.tenancy.TenantScope;
import io.muster.contracts.job.RequestCode;
import io.muster.license.seat.Text;
import jakarta.annotation.security.RolesAllowed;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Pools of seats for the gateway, which passes these calls through. */
@Path("/v1/subscriptions")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.TENANT_ADMIN, Roles.READER})
public class SubscriptionsResource {
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 1_000;

  private final Caller caller;
  private final TenantScope tenants;
  private final SettingSeats setting;

  SubscriptionsResource(Caller caller, TenantScope tenants, SettingSeats setting) {
    this.caller = caller;
    this.tenants = tenants;
    this.setting = setting;
  }

  /**
   * A page of subscriptions, by SKU.
   *
   * @param next to be passed as {@code after}; null on the last page
   */
  public record Page(List<SubscriptionAnswer> items, String next) {}

  /** The list; parameters as in API.md. */
  @GET
  @Transactional
  public Page list(@QueryParam("after") String after, @QueryParam("limit") String limit) {
    int most = limit(limit);
    String tenant = caller.tenant();
    tenants.enter(tenant);
    List<Subscription> found = Subscription.after(tenant, decoded(after), most + 1);
    boolean more = found.size() > most;
    List<Subscription> shown = more ? found.subList(0, most) : found;
    return new Page(
        shown.stream().map(SubscriptionAnswer::of).toList(),
        more ? encoded(shown.get(most - 1).sku) : null);
  }

  /** One subscription. */
  @GET
  @Path("/{sku}")
  @Transactional
  public SubscriptionAnswer get(@PathParam("sku") String sku) {
    String tenant = caller.tenant();
    tenants.enter(tenant);
    if (!Text.isSku(sku)) {
      throw noneSuch();
    }
    return Subscription.of(tenant, sku, LockModeType.NONE)
        .map(SubscriptionAnswer::of)
        .orElseThrow(SubscriptionsResource::noneSuch);
  }

  /** Makes a subscription, or changes what it has. */
  @PUT
  @Path("/{sku}")
  @Consumes(MediaType.WILDCARD)
  @RolesAllowed(Roles.TENANT_ADMIN)
  public SubscriptionAnswer set(@PathParam("sku") String sku, byte[] body) {
    if (!Text.isSku(sku)) {
      throw RequestRefused.invalid(
          "sku",
          "A SKU is 1 to 64 printable characters, without comma, semicolon or blanks around.");
    }
    return setting.set(caller.tenant(), sku, WantedSeats.read(body));
  }

  private static RequestRefused noneSuch() {
    return RequestRefused.because(RequestCode.NOT_FOUND, "There is no subscription of this SKU.");
  }

  private static int limit(String limit) {
    if (limit == null || limit.isEmpty()) {
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
    throw RequestRefused.invalid("limit", "Ask for 1 to 1000 subscriptions at a time.");
  }

  private static String encoded(String sku) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(sku.getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(String after) {
    if (after == null || after.isEmpty()) {
      return "";
    }
    try {
      String sku = new String(Base64.getUrlDecoder().decode(after), StandardCharsets.UTF_8);
      if (Text.isSku(sku)) {
        return sku;
      }
    } catch (IllegalArgumentException e) {
      // Refused below, like what decodes to no SKU.
    }
    throw RequestRefused.invalid("after", "Pass the value of next as it came, or leave it out.");
  }
}

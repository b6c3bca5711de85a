package io.muster.user.account;

import io.muster.chassis.access.Caller;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.job.RequestCode;
import io.muster.user.account.ListingAccounts.Wanted;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Set;

/** Users for the gateway, which adds their licenses. */
@Path("/v1/users")
@Produces(MediaType.APPLICATION_JSON)
public class UsersResource {
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 1_000;
  private static final Set<String> STATES = Set.of("DISABLED", "ACTIVE", "REMOVED");

  private final Caller caller;
  private final ListingAccounts accounts;

  UsersResource(Caller caller, ListingAccounts accounts) {
    this.caller = caller;
    this.accounts = accounts;
  }

  /**
   * A page of the address list.
   *
   * @param next to be passed as {@code after}; null on the last page
   */
  public record Page(List<Account> items, String next) {}

  /** The list; parameters as in API.md. */
  @GET
  public Page list(
      @QueryParam("query") String query,
      @QueryParam("state") String state,
      @QueryParam("unit") String unit,
      @QueryParam("after") String after,
      @QueryParam("limit") String limit) {
    Sight sight = Sight.of(caller);
    int most = limit(limit);
    Wanted wanted =
        new Wanted(
            text("query", query),
            state(state),
            text("unit", unit),
            text("after", after) == null ? null : AccountCursor.decoded(after),
            most + 1);
    List<Account> found = accounts.list(sight, wanted);
    if (found.size() <= most) {
      return new Page(found, null);
    }
    List<Account> items = found.subList(0, most);
    return new Page(items, AccountCursor.after(items.get(most - 1)).encoded());
  }

  /** One user, out of the recycle bin too; 404 also for one out of the caller's sight. */
  @GET
  @Path("/{upn}")
  public Account get(@PathParam("upn") String userPrincipalName) {
    return accounts
        .find(Sight.of(caller), userPrincipalName)
        .orElseThrow(
            () ->
                RequestRefused.because(
                    RequestCode.NOT_FOUND, "There is no such user that you may see."));
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
    throw RequestRefused.invalid("limit", "Ask for 1 to 1000 users at a time.");
  }

  private static String state(String state) {
    if (state == null || state.isEmpty()) {
      return null;
    }
    if (!STATES.contains(state)) {
      throw RequestRefused.invalid("state", "A state is DISABLED, ACTIVE or REMOVED.");
    }
    return state;
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
}

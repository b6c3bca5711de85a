package io.muster.user.account;

import io.muster.chassis.access.Caller;
import io.muster.chassis.access.Roles;
import io.muster.chassis.problem.BreakingOff;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.job.RequestCode;
import io.muster.user.account.ListingAccounts.Wanted;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.List;
import java.util.Set;

/** Users for the gateway, which adds their licenses. */
@Path("/v1/users")
@Produces(MediaType.APPLICATION_JSON)
public class UsersResource {
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 1_000;

  /** Beyond that every page costs a tenth of a second and more. */
  private static final int MAX_SKIP = 100_000;

  private static final Set<String> STATES = Set.of("DISABLED", "ACTIVE", "REMOVED");

  private static final String CSV = "text/csv; charset=utf-8";

  /** More than that nobody types; each word is one more condition. */
  private static final int MAX_WORDS = 16;

  /** As long as the longest name that could be looked for. */
  private static final int MAX_QUERY = 256;

  private final Caller caller;
  private final ListingAccounts accounts;
  private final CountingAccounts counting;
  private final AccountsCsv csv;

  UsersResource(
      Caller caller, ListingAccounts accounts, CountingAccounts counting, AccountsCsv csv) {
    this.caller = caller;
    this.accounts = accounts;
    this.counting = counting;
    this.csv = csv;
  }

  /**
   * A page of the address list.
   *
   * @param next to be passed as {@code after}; null on the last page
   */
  public record Page(List<Account> items, String next) {}

  /** How many there are. */
  public record Count(long count) {}

  /**
   * The list; parameters as in API.md, and two that the gateway's SCIM has: how names start, and so
   * many users to skip, which costs as much as reading them.
   */
  @GET
  public Page list(
      @QueryParam("query") String query,
      @QueryParam("state") String state,
      @QueryParam("unit") String unit,
      @QueryParam("startsWith") String startsWith,
      @QueryParam("after") String after,
      @QueryParam("skip") String skip,
      @QueryParam("limit") String limit) {
    Sight sight = Sight.of(caller);
    int most = limit(limit);
    Wanted wanted =
        new Wanted(
            words(query),
            state(state),
            text("unit", unit),
            text("startsWith", startsWith),
            text("after", after) == null ? null : AccountCursor.decoded(after),
            skip(skip),
            most + 1);
    List<Account> found = accounts.list(sight, wanted);
    if (found.size() <= most) {
      return new Page(found, null);
    }
    List<Account> items = found.subList(0, most);
    return new Page(items, AccountCursor.after(items.get(most - 1)).encoded());
  }

  /**
   * The whole list, or all that is left of it after {@code after}, as a file; what can't be
   * finished is broken off.
   */
  @GET
  @Produces(CSV + ";qs=0.5")
  public Response download(
      @QueryParam("query") String query,
      @QueryParam("state") String state,
      @QueryParam("unit") String unit,
      @QueryParam("after") String after,
      @Context RoutingContext http) {
    Sight sight = Sight.of(caller);
    Wanted wanted =
        new Wanted(
            words(query),
            state(state),
            text("unit", unit),
            text("after", after) == null ? null : AccountCursor.decoded(after),
            MAX_LIMIT);
    StreamingOutput body = BreakingOff.unlessWhole(http, out -> csv.write(sight, wanted, out));
    return Response.ok(body, CSV)
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"users.csv\"")
        .build();
  }

  /** How many accounts are in a state at this moment; without one, all but the removed. */
  @GET
  @Path("/count")
  @RolesAllowed(Roles.TENANT_ADMIN)
  public Count count(@QueryParam("state") String state) {
    return new Count(counting.count(caller.tenant(), state(state)));
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

  private static int skip(String skip) {
    if (skip == null || skip.isEmpty()) {
      return 0;
    }
    try {
      int wanted = Integer.parseInt(skip);
      if (wanted >= 0 && wanted <= MAX_SKIP) {
        return wanted;
      }
    } catch (NumberFormatException e) {
      // Refused below, like a number out of bounds.
    }
    throw RequestRefused.invalid(
        "skip", "Skip up to " + MAX_SKIP + " users; go on behind a page with after.");
  }

  private static List<String> words(String query) {
    String text = text("query", query);
    if (text == null) {
      return List.of();
    }
    List<String> words = List.of(text.strip().split("\\s+"));
    if (words.size() > MAX_WORDS || text.length() > MAX_QUERY) {
      throw RequestRefused.invalid(
          "query", "Search for 16 words and 256 characters at most: fewer find the same user.");
    }
    return words;
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

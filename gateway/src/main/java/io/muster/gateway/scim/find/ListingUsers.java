package io.muster.gateway.scim.find;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.filters.Filter;
import io.muster.gateway.access.ScimErrors;
import io.muster.gateway.directory.ReadingUsers;
import io.muster.gateway.scim.ScimConfig;
import io.muster.gateway.scim.find.Driver.All;
import io.muster.gateway.scim.user.ScimJson;
import io.muster.gateway.scim.user.ScimUrns;
import io.muster.gateway.scim.user.ShowingUsers;
import io.muster.gateway.scim.user.UserNames;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Lists users: by index or by cursor, filtered by what user-service can look up. A filter that
 * would have to be asked of every user of the tenant is refused.
 */
@ApplicationScoped
public class ListingUsers {
  /** What user-service skips at most. */
  private static final int LAST_INDEX = 100_000;

  private static final int LONGEST_FILTER = 8_192;

  private final ReadingUsers users;
  private final ShowingUsers showing;
  private final FindingUsers finding;
  private final UserNames names;
  private final ScimConfig config;

  ListingUsers(
      ReadingUsers users,
      ShowingUsers showing,
      FindingUsers finding,
      UserNames names,
      ScimConfig config) {
    this.names = names;
    this.users = users;
    this.showing = showing;
    this.finding = finding;
    this.config = config;
  }

  /** A page of resources. */
  private record Page(long total, List<ObjectNode> resources, Cursor next) {}

  /**
   * @param base what addresses begin with
   * @return a ListResponse
   * @throws io.muster.chassis.problem.RequestRefused invalidFilter, tooMany, invalidCursor,
   *     invalidCount or invalidValue
   */
  public ObjectNode list(Wanted wanted, String base, String bearer) {
    int count = count(wanted);
    Filter filter = filter(wanted.filter());
    Driver driver = filter == null ? new All(null) : driver(filter);
    boolean byCursor = wanted.cursor() != null;
    if (byCursor && wanted.startIndex() != null) {
      throw ScimErrors.refused("invalidValue", "Ask by cursor or by startIndex, not by both.");
    }
    Cursor from =
        byCursor
            ? (wanted.cursor().isEmpty() ? null : Cursor.decoded(wanted.cursor()))
            : new Cursor(-1, index(wanted) - 1, null);
    Page page =
        driver instanceof All all
            ? walked(all, from, count, byCursor, base, bearer)
            : found(finding.find(filter, driver, base, bearer), from, count);
    return answer(wanted, page, byCursor, from == null ? 0 : from.skip());
  }

  private static Page found(List<ObjectNode> all, Cursor from, int count) {
    int skip = from == null ? 0 : from.skip();
    int begin = Math.min(skip, all.size());
    int end = Math.min(begin + count, all.size());
    Cursor next = end < all.size() && count > 0 ? new Cursor(all.size(), end, null) : null;
    return new Page(all.size(), all.subList(begin, end), next);
  }

  /** Of all users, or all in a state, only those that are shown are read. */
  private Page walked(
      All all, Cursor from, int count, boolean byCursor, String base, String bearer) {
    long total = byCursor && from != null ? from.total() : users.count(all.state(), bearer);
    if (count == 0) {
      return new Page(total, List.of(), null);
    }
    StringBuilder query = new StringBuilder("limit=").append(count);
    if (all.state() != null) {
      query.append("&state=").append(all.state());
    }
    if (from != null && from.after() != null) {
      query.append("&after=").append(URLEncoder.encode(from.after(), StandardCharsets.UTF_8));
    } else if (from != null && from.skip() > 0) {
      query.append("&skip=").append(from.skip());
    }
    JsonNode found = users.list(query.toString(), bearer);
    List<ObjectNode> items = new ArrayList<>();
    found.path("items").forEach(user -> items.add((ObjectNode) user));
    String after = found.path("next").asText(null);
    int shown = (from == null ? 0 : from.skip()) + items.size();
    return new Page(
        total,
        showing.show(items, base, bearer),
        after == null ? null : new Cursor(total, Math.min(shown, LAST_INDEX), after));
  }

  private ObjectNode answer(Wanted wanted, Page page, boolean byCursor, int skip) {
    ObjectNode answer = ScimJson.object();
    answer.putArray("schemas").add(ScimUrns.LIST);
    answer.put("totalResults", page.total());
    answer.put("itemsPerPage", page.resources().size());
    if (byCursor) {
      if (page.next() != null) {
        answer.put("nextCursor", page.next().encoded());
      }
    } else {
      answer.put("startIndex", skip + 1);
    }
    ArrayNode resources = answer.putArray("Resources");
    page.resources()
        .forEach(
            each ->
                resources.add(
                    Projection.of(each, wanted.attributes(), wanted.excludedAttributes())));
    return answer;
  }

  private int count(Wanted wanted) {
    int count = wanted.count() == null ? config.defaultPageSize() : Math.max(0, wanted.count());
    return Math.min(count, config.maxPageSize());
  }

  private static int index(Wanted wanted) {
    int index = wanted.startIndex() == null ? 1 : Math.max(1, wanted.startIndex());
    if (index > LAST_INDEX) {
      throw ScimErrors.refused(
          "invalidValue",
          "startIndex goes up to "
              + LAST_INDEX
              + ": go on by cursor, which costs the same"
              + " everywhere.");
    }
    return index;
  }

  private Filter filter(String text) {
    if (text == null) {
      return null;
    }
    if (text.length() > LONGEST_FILTER) {
      throw ScimErrors.refused(
          "invalidFilter", "A filter has " + LONGEST_FILTER + " characters at most.");
    }
    Filter filter;
    try {
      filter = names.complete(Filter.fromString(text));
    } catch (BadRequestException | RuntimeException e) {
      // Without the parser's text, which quotes the filter.
      throw ScimErrors.refused(
          "invalidFilter", "The filter can't be read: RFC 7644, section 3.4.2.2 tells how.");
    }
    if (conditions(filter) > config.maxConditions()) {
      throw ScimErrors.refused(
          "invalidFilter", "A filter has " + config.maxConditions() + " conditions at most.");
    }
    return filter;
  }

  private static int conditions(Filter filter) {
    if (filter.isCombiningFilter()) {
      return filter.getCombinedFilters().stream().mapToInt(ListingUsers::conditions).sum();
    }
    return filter.isNotFilter() ? conditions(filter.getInvertedFilter()) : 1;
  }

  private static Driver driver(Filter filter) {
    return FindingADriver.of(filter)
        .orElseThrow(
            () ->
                ScimErrors.refused(
                    "invalidFilter",
                    "This filter would have to be asked of every user. Add with and a condition by"
                        + " eq on id, userName, externalId, employeeNumber or emails, by sw on"
                        + " userName, or by eq, co or sw on displayName, name or department."));
  }
}

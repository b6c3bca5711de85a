package io.muster.gateway.scim.find;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.filters.Filter;
import com.unboundid.scim2.common.utils.FilterEvaluator;
import io.muster.gateway.access.ScimErrors;
import io.muster.gateway.directory.ReadingUsers;
import io.muster.gateway.scim.ScimConfig;
import io.muster.gateway.scim.find.Driver.AnyOf;
import io.muster.gateway.scim.find.Driver.Beginning;
import io.muster.gateway.scim.find.Driver.Keys;
import io.muster.gateway.scim.find.Driver.Part;
import io.muster.gateway.scim.user.ShowingUsers;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Finds the few users that a filter means, by what of it can be looked up. */
@ApplicationScoped
class FindingUsers {
  private static final int PAGE = 1_000;

  private final ReadingUsers users;
  private final ShowingUsers showing;
  private final ScimConfig config;

  FindingUsers(ReadingUsers users, ShowingUsers showing, ScimConfig config) {
    this.users = users;
    this.showing = showing;
    this.config = config;
  }

  /**
   * @param driver of the filter, not exact
   * @return all that the filter means, by user name
   * @throws io.muster.chassis.problem.RequestRefused tooMany, when too many have to be looked at
   */
  List<ObjectNode> find(Filter filter, Driver driver, String base, String bearer) {
    List<ObjectNode> found = new ArrayList<>();
    if (driver instanceof Keys keys) {
      found.addAll(meant(filter, users.lookUp(keys.by(), keys.values(), bearer), base, bearer));
    } else if (driver instanceof AnyOf some) {
      Map<String, ObjectNode> byId = new TreeMap<>();
      for (Keys keys : some.byKind()) {
        users
            .lookUp(keys.by(), keys.values(), bearer)
            .forEach(user -> byId.put(user.path("id").asText(), user));
      }
      found.addAll(meant(filter, List.copyOf(byId.values()), base, bearer));
    } else {
      walk(filter, query(driver), base, bearer, found);
    }
    found.sort(
        Comparator.comparing(user -> user.path("userName").asText().toLowerCase(Locale.ROOT)));
    return found;
  }

  private void walk(
      Filter filter, String query, String base, String bearer, List<ObjectNode> found) {
    String after = null;
    int lookedAt = 0;
    do {
      JsonNode page =
          users.list(
              query + "&limit=" + PAGE + (after == null ? "" : "&after=" + encoded(after)), bearer);
      List<ObjectNode> items = new ArrayList<>();
      page.path("items").forEach(user -> items.add((ObjectNode) user));
      lookedAt += items.size();
      found.addAll(meant(filter, items, base, bearer));
      after = page.path("next").asText(null);
      if (after != null && lookedAt >= config.maxLookedAt()) {
        throw ScimErrors.refused(
            "tooMany",
            "More than "
                + config.maxLookedAt()
                + " users have to be looked at for this filter: make it more exact, or add a"
                + " condition on id, userName, externalId or employeeNumber.");
      }
    } while (after != null);
  }

  private static String query(Driver driver) {
    if (driver instanceof Beginning beginning) {
      return "startsWith=" + encoded(beginning.prefix());
    }
    if (driver instanceof Part part) {
      return "query=" + encoded(part.text());
    }
    throw new IllegalStateException("nothing to look for");
  }

  private List<ObjectNode> meant(
      Filter filter, List<ObjectNode> candidates, String base, String bearer) {
    return showing.show(candidates, base, bearer).stream()
        .filter(resource -> matches(filter, resource))
        .toList();
  }

  private static boolean matches(Filter filter, ObjectNode resource) {
    try {
      return FilterEvaluator.evaluate(filter, resource);
    } catch (ScimException e) {
      throw ScimErrors.refused("invalidFilter", "The filter can't be applied to a user.");
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}

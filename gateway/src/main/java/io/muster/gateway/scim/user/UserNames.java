package io.muster.gateway.scim.user;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.unboundid.scim2.common.filters.Filter;
import com.unboundid.scim2.common.filters.FilterType;
import io.muster.chassis.access.Caller;
import io.muster.gateway.scim.ScimConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Completes user names that have no domain, where a default one is configured: the RFC's own
 * examples have none.
 */
@ApplicationScoped
public class UserNames {
  private static final String USER_NAME = "userName";

  private final ScimConfig config;
  private final Caller caller;

  UserNames(ScimConfig config, Caller caller) {
    this.config = config;
    this.caller = caller;
  }

  /** A name as it is; completed when it has no domain and there is a default one. */
  public String complete(String name) {
    if (name == null || name.isBlank() || name.indexOf('@') >= 0) {
      return name;
    }
    return config
        .defaultDomain()
        .map(domain -> name.strip() + "@" + domain.replace("{tenant}", caller.tenant()))
        .orElse(name);
  }

  /** The same resource, its name completed. */
  public ObjectNode complete(ObjectNode resource) {
    String name = ScimJson.text(resource, USER_NAME);
    if (name != null) {
      resource.put(USER_NAME, complete(name));
    }
    return resource;
  }

  /** The same filter, names that it compares with completed. */
  public Filter complete(Filter filter) {
    if (filter.isCombiningFilter()) {
      List<Filter> parts = filter.getCombinedFilters().stream().map(this::complete).toList();
      return filter.getFilterType() == FilterType.AND ? Filter.and(parts) : Filter.or(parts);
    }
    if (filter.isNotFilter()) {
      return Filter.not(complete(filter.getInvertedFilter()));
    }
    boolean names =
        filter.getFilterType() == FilterType.EQUAL
            && filter.getAttributePath().size() == 1
            && filter.getAttributePath().getElement(0).getAttribute().equalsIgnoreCase(USER_NAME)
            && filter.getComparisonValue().isTextual();
    return names
        ? Filter.eq(
            filter.getAttributePath(),
            TextNode.valueOf(complete(filter.getComparisonValue().asText())))
        : filter;
  }
}

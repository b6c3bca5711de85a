package io.muster.gateway.scim.find;

import com.fasterxml.jackson.databind.node.ValueNode;
import com.unboundid.scim2.common.Path;
import com.unboundid.scim2.common.filters.Filter;
import com.unboundid.scim2.common.filters.FilterType;
import io.muster.gateway.scim.find.Driver.All;
import io.muster.gateway.scim.find.Driver.AnyOf;
import io.muster.gateway.scim.find.Driver.Beginning;
import io.muster.gateway.scim.find.Driver.Keys;
import io.muster.gateway.scim.find.Driver.Part;
import io.muster.gateway.scim.user.ScimUrns;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds what of a filter can be looked up. */
final class FindingADriver {
  /** Attributes, in lower case, that name one user or a few. */
  private static final Map<String, String> KEYS =
      Map.of(
          "id", "ID",
          "username", "USER_PRINCIPAL_NAME",
          "externalid", "EXTERNAL_ID",
          "employeenumber", "EMPLOYEE_ID",
          "emails", "ALTERNATE_EMAIL",
          "emails.value", "ALTERNATE_EMAIL");

  /** Whose parts the search table knows. */
  private static final Set<String> SEARCHED =
      Set.of(
          "username",
          "displayname",
          "name.givenname",
          "name.familyname",
          "name.formatted",
          "department");

  /** That every user has. */
  private static final Set<String> ALWAYS =
      Set.of("id", "username", "displayname", "active", "meta", "schemas");

  private FindingADriver() {}

  /** Empty when it would have to be asked of every user. */
  static Optional<Driver> of(Filter filter) {
    return switch (filter.getFilterType()) {
      case EQUAL -> equal(name(filter.getAttributePath()), filter.getComparisonValue());
      case STARTS_WITH, CONTAINS -> part(filter);
      case PRESENT ->
          ALWAYS.contains(name(filter.getAttributePath()))
              ? Optional.of(new All(null))
              : Optional.empty();
      case AND ->
          filter.getCombinedFilters().stream()
              .flatMap(each -> of(each).stream())
              .filter(driver -> !driver.isExact())
              .min(Comparator.comparing(Driver::rank));
      case OR -> any(filter.getCombinedFilters());
      case NOT -> not(filter.getInvertedFilter());
      case COMPLEX_VALUE -> complex(filter);
      default -> Optional.empty();
    };
  }

  private static Optional<Driver> equal(String attribute, ValueNode value) {
    if (attribute.equals("active")) {
      return switch (value.asText().toLowerCase(Locale.ROOT)) {
        case "true" -> Optional.of(new All("ACTIVE"));
        case "false" -> Optional.of(new All("DISABLED"));
        default -> Optional.of(new Keys("ID", List.of()));
      };
    }
    if (value.isNull()) {
      return Optional.empty();
    }
    String by = KEYS.get(attribute);
    if (by != null) {
      return Optional.of(new Keys(by, List.of(value.asText())));
    }
    return SEARCHED.contains(attribute) && !value.asText().isBlank()
        ? Optional.of(new Part(value.asText()))
        : Optional.empty();
  }

  private static Optional<Driver> part(Filter filter) {
    String attribute = name(filter.getAttributePath());
    String text = filter.getComparisonValue().asText();
    if (text.isBlank() || !SEARCHED.contains(attribute)) {
      return Optional.empty();
    }
    return filter.getFilterType() == FilterType.STARTS_WITH && attribute.equals("username")
        ? Optional.of(new Beginning(text))
        : Optional.of(new Part(text));
  }

  private static Optional<Driver> any(List<Filter> filters) {
    List<Keys> keys = new ArrayList<>();
    for (Filter each : filters) {
      Driver driver = of(each).orElse(null);
      if (driver instanceof Keys one) {
        keys.add(one);
      } else if (driver instanceof AnyOf some) {
        keys.addAll(some.keys());
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(new AnyOf(keys));
  }

  private static Optional<Driver> not(Filter inverted) {
    boolean ofActive =
        inverted.getFilterType() == FilterType.EQUAL
            && name(inverted.getAttributePath()).equals("active");
    if (!ofActive) {
      return Optional.empty();
    }
    return equal("active", inverted.getComparisonValue())
        .filter(All.class::isInstance)
        .map(is -> new All("ACTIVE".equals(((All) is).state()) ? "DISABLED" : "ACTIVE"));
  }

  /** {@code emails[type eq "work" and value eq "x@y"]}: Muster's only mail is a work one. */
  private static Optional<Driver> complex(Filter filter) {
    if (!name(filter.getAttributePath()).equals("emails")) {
      return Optional.empty();
    }
    Filter inside = filter.getValueFilter();
    Stream<Filter> conditions =
        inside.getFilterType() == FilterType.AND
            ? inside.getCombinedFilters().stream()
            : Stream.of(inside);
    return conditions
        .filter(each -> each.getFilterType() == FilterType.EQUAL)
        .filter(each -> name(each.getAttributePath()).equals("value"))
        .map(each -> equal("emails", each.getComparisonValue()).orElse(null))
        .filter(Objects::nonNull)
        .findFirst();
  }

  /** In lower case, without the schema: none of these names is in two. */
  static String name(Path path) {
    StringBuilder name = new StringBuilder();
    for (Path.Element element : path) {
      name.append(name.isEmpty() ? "" : ".").append(element.getAttribute());
    }
    String plain = name.toString().toLowerCase(Locale.ROOT);
    boolean extension =
        ScimUrns.ENTERPRISE.equalsIgnoreCase(path.getSchemaUrn())
            || ScimUrns.MUSTER.equalsIgnoreCase(path.getSchemaUrn());
    // Without its schema an extension's attribute is none.
    boolean needsOne = plain.equals("employeenumber") || plain.equals("department");
    return needsOne == extension ? plain : (extension ? "extension." : "core.") + plain;
  }
}

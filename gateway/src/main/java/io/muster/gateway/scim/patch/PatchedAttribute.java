package io.muster.gateway.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.Path;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.filters.Filter;
import com.unboundid.scim2.common.filters.FilterType;
import com.unboundid.scim2.common.utils.FilterEvaluator;
import io.muster.gateway.access.ScimErrors;
import io.muster.gateway.scim.patch.KnownAttributes.Kind;
import io.muster.gateway.scim.patch.PatchRequest.Op;
import io.muster.gateway.scim.user.ScimJson;
import java.util.ArrayList;
import java.util.List;

/** One attribute of a resource that is being changed. */
final class PatchedAttribute {
  private final ObjectNode container;
  private final String attribute;
  private final Filter filter;
  private final String sub;
  private final Kind kind;

  /**
   * @param container that holds the attribute
   * @param path of one or two elements
   */
  PatchedAttribute(ObjectNode container, Path path, Kind kind) {
    this.container = container;
    this.attribute = path.getElement(0).getAttribute();
    this.filter = path.getElement(0).getValueFilter();
    this.sub = path.size() > 1 ? path.getElement(1).getAttribute() : null;
    this.kind = kind;
  }

  /**
   * @param value null for none
   */
  void apply(Op op, JsonNode value) {
    boolean removes = op == Op.REMOVE || value == null;
    if (kind == Kind.MANY) {
      if (filter == null && sub == null) {
        if (removes) {
          removeValues(value);
        } else {
          putValues(op, value);
        }
      } else if (removes) {
        removeMatching();
      } else {
        changeMatching(value);
      }
      return;
    }
    if (filter != null) {
      throw ScimErrors.refused("invalidPath", "Only an attribute of many values takes a filter.");
    }
    if (kind == Kind.SIMPLE && sub != null) {
      throw ScimErrors.refused("invalidPath", "This attribute has no attributes of its own.");
    }
    one(removes, value);
  }

  private void one(boolean removes, JsonNode value) {
    if (sub == null) {
      if (removes) {
        container.remove(attribute);
      } else if (value instanceof ObjectNode parts
          && container.get(attribute) instanceof ObjectNode is) {
        is.setAll(parts);
      } else {
        container.set(attribute, value);
      }
      return;
    }
    ObjectNode complex =
        container.get(attribute) instanceof ObjectNode there
            ? there
            : container.putObject(attribute);
    if (removes) {
      complex.remove(sub);
    } else {
      complex.set(sub, value);
    }
  }

  private ArrayNode values() {
    if (container.get(attribute) instanceof ArrayNode there) {
      return there;
    }
    JsonNode single = container.get(attribute);
    ArrayNode made = container.putArray(attribute);
    if (single != null && !single.isNull()) {
      made.add(single);
    }
    return made;
  }

  private void putValues(Op op, JsonNode value) {
    ArrayNode values = op == Op.REPLACE ? container.putArray(attribute) : values();
    for (JsonNode each : value.isArray() ? value : ScimJson.object().putArray("x").add(value)) {
      boolean there = false;
      for (JsonNode is : values) {
        there |= is.equals(each);
      }
      if (!there) {
        values.add(each);
      }
    }
  }

  /** All, or, as Entra ID writes it, those that the value names. */
  private void removeValues(JsonNode named) {
    if (named == null) {
      // An empty list and not nothing: that it is to be empty is what was asked for.
      container.putArray(attribute);
      return;
    }
    List<String> gone = new ArrayList<>();
    for (JsonNode each : named.isArray() ? named : ScimJson.object().putArray("x").add(named)) {
      gone.add(plain(each));
    }
    values().removeIf(is -> gone.stream().anyMatch(plain(is)::equalsIgnoreCase));
  }

  private static String plain(JsonNode value) {
    return value.isObject() ? value.path("value").asText() : value.asText();
  }

  private void removeMatching() {
    ArrayNode values = values();
    List<JsonNode> matching = matching(values);
    if (matching.isEmpty() && filter != null) {
      throw noTarget();
    }
    for (JsonNode each : matching) {
      if (sub != null && each instanceof ObjectNode parts && parts.size() > 1) {
        parts.remove(sub);
        // What is left of a value without its value says nothing.
        if (parts.has("value") || !sub.equalsIgnoreCase("value")) {
          continue;
        }
      }
      values.removeIf(is -> is == each);
    }
  }

  private void changeMatching(JsonNode value) {
    ArrayNode values = values();
    List<JsonNode> matching = matching(values);
    if (matching.isEmpty()) {
      ObjectNode made = ScimJson.object();
      if (filter != null) {
        describe(made, filter);
      }
      values.add(made);
      matching = List.of(made);
    }
    for (JsonNode each : matching) {
      if (!(each instanceof ObjectNode parts)) {
        throw ScimErrors.refused("invalidPath", "The values of this attribute have no parts.");
      }
      if (sub != null) {
        parts.set(sub, value);
      } else if (value instanceof ObjectNode given) {
        parts.setAll(given);
      } else {
        parts.set("value", value);
      }
    }
  }

  private List<JsonNode> matching(ArrayNode values) {
    List<JsonNode> matching = new ArrayList<>();
    for (JsonNode each : values) {
      if (filter == null || matches(each)) {
        matching.add(each);
      }
    }
    return matching;
  }

  private boolean matches(JsonNode value) {
    try {
      return FilterEvaluator.evaluate(
          filter, value.isObject() ? value : ScimJson.object().set("value", value));
    } catch (ScimException e) {
      throw ScimErrors.refused("invalidFilter", "The path's filter can't be applied here.");
    }
  }

  /** A value that the filter would find: what it is equal to. */
  private static void describe(ObjectNode made, Filter filter) {
    if (filter.getFilterType() == FilterType.EQUAL && filter.getAttributePath().size() == 1) {
      made.set(filter.getAttributePath().getElement(0).getAttribute(), filter.getComparisonValue());
    } else if (filter.getFilterType() == FilterType.AND) {
      filter.getCombinedFilters().forEach(each -> describe(made, each));
    } else {
      throw noTarget();
    }
  }

  private static RuntimeException noTarget() {
    return ScimErrors.refused("noTarget", "No value of this attribute is meant by the filter.");
  }
}

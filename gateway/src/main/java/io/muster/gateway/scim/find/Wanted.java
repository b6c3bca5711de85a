package io.muster.gateway.scim.find;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.gateway.access.ScimErrors;
import io.muster.gateway.scim.user.ScimJson;
import java.util.ArrayList;
import java.util.List;

/**
 * A list as it was asked for, in a query or in a search.
 *
 * @param filter null for all users
 * @param startIndex from 1; null for the first
 * @param count null for as many as is usual
 * @param cursor null for paging by index; empty for the first page
 * @param attributes that are wanted alone; empty for the usual ones
 * @param excludedAttributes that aren't wanted
 */
public record Wanted(
    String filter,
    Integer startIndex,
    Integer count,
    String cursor,
    List<String> attributes,
    List<String> excludedAttributes) {

  /** Out of a query. */
  public static Wanted of(
      String filter,
      String startIndex,
      String count,
      String cursor,
      List<String> attributes,
      List<String> excludedAttributes) {
    return new Wanted(
        filter == null || filter.isBlank() ? null : filter,
        number("startIndex", startIndex),
        number("count", count),
        cursor,
        names(attributes),
        names(excludedAttributes));
  }

  /** Out of the body of a {@code .search}. */
  public static Wanted of(ObjectNode body) {
    return of(
        ScimJson.text(body, "filter"),
        ScimJson.text(body, "startIndex"),
        ScimJson.text(body, "count"),
        body.has("cursor") ? body.path("cursor").asText("") : null,
        texts(body.path("attributes")),
        texts(body.path("excludedAttributes")));
  }

  private static Integer number(String name, String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    try {
      return Integer.valueOf(text.strip());
    } catch (NumberFormatException e) {
      throw ScimErrors.refused(
          name.equals("count") ? "invalidCount" : "invalidValue", name + " is a number.");
    }
  }

  private static List<String> texts(JsonNode values) {
    List<String> texts = new ArrayList<>();
    values.forEach(value -> texts.add(value.asText()));
    return texts.isEmpty() && values.isTextual() ? List.of(values.asText()) : texts;
  }

  private static List<String> names(List<String> lists) {
    List<String> names = new ArrayList<>();
    for (String list : lists == null ? List.<String>of() : lists) {
      for (String name : list.split(",")) {
        if (!name.isBlank()) {
          names.add(name.strip());
        }
      }
    }
    return names;
  }
}

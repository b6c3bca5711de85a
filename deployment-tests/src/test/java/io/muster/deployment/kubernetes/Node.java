package io.muster.deployment.kubernetes;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A piece of YAML; what isn't there is an empty one.
 *
 * @param value maps, lists and scalars as SnakeYAML makes them; null for what isn't there
 */
record Node(Object value) {
  /** The value of a field. */
  Node at(String field) {
    return new Node(value instanceof Map<?, ?> map ? map.get(field) : null);
  }

  /** A list's items; of anything else none. */
  List<Node> items() {
    return value instanceof List<?> list ? list.stream().map(Node::new).toList() : List.of();
  }

  /** A map's fields, in their order; of anything else none. */
  Map<String, Node> fields() {
    Map<String, Node> fields = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, field) -> fields.put(name.toString(), new Node(field)));
    }
    return fields;
  }

  /** A scalar as text; null when there is none. */
  String text() {
    return value == null ? null : value.toString();
  }

  /** The field as text; null when there is none. */
  String text(String field) {
    return at(field).text();
  }

  /** A list's items as texts. */
  List<String> texts() {
    return items().stream().map(Node::text).toList();
  }

  boolean isMissing() {
    return value == null;
  }
}

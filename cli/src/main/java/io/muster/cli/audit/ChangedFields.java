package io.muster.cli.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;

/** Which fields of an account differ between two images; their values are for {@code --json}. */
final class ChangedFields {
  private ChangedFields() {}

  /**
   * Names apart by commas.
   *
   * @param before an object; anything else when there was no account
   * @param after likewise
   */
  static String of(JsonNode before, JsonNode after) {
    Set<String> names = new TreeSet<>();
    before.fieldNames().forEachRemaining(names::add);
    after.fieldNames().forEachRemaining(names::add);
    names.removeIf(name -> same(before.path(name), after.path(name)));
    return after.isObject() || before.isObject() ? String.join(", ", names) : "";
  }

  private static boolean same(JsonNode one, JsonNode other) {
    boolean bothAbsent =
        (one.isMissingNode() || one.isNull()) && (other.isMissingNode() || other.isNull());
    return bothAbsent || one.equals(other);
  }
}

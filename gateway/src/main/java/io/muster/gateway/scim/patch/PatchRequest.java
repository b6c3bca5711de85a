package io.muster.gateway.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.chassis.problem.RequestRefused;
import io.muster.gateway.access.ScimErrors;
import io.muster.gateway.scim.user.ScimJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A PATCH as it was sent (RFC 7644, section 3.5.2): names of operations in any case, as Entra ID
 * writes them.
 */
public record PatchRequest(List<Change> changes) {
  /** More than that is no change of a user. */
  private static final int MOST = 1_000;

  /** What is to be done. */
  enum Op {
    ADD,
    REPLACE,
    REMOVE
  }

  /**
   * One operation.
   *
   * @param path null when the value names attributes
   * @param value null for none
   */
  record Change(Op op, String path, JsonNode value) {}

  /**
   * @throws RequestRefused invalidSyntax, invalidValue or noTarget
   */
  public static PatchRequest of(ObjectNode body) {
    JsonNode operations = body.path("Operations");
    if (!operations.isArray() || operations.isEmpty() || operations.size() > MOST) {
      throw ScimErrors.refused("invalidSyntax", "Operations is a list of 1 to 1,000 operations.");
    }
    List<Change> changes = new ArrayList<>();
    for (JsonNode operation : operations) {
      changes.add(change(operation));
    }
    return new PatchRequest(changes);
  }

  private static Change change(JsonNode operation) {
    Op op = op(ScimJson.text(operation, "op"));
    String path = ScimJson.text(operation, "path");
    JsonNode value = operation.get("value");
    if (value != null && value.isNull()) {
      value = null;
    }
    if (op == Op.REMOVE && path == null) {
      throw ScimErrors.refused("noTarget", "A remove says in path what to remove.");
    }
    if (op != Op.REMOVE && path == null && !(value instanceof ObjectNode)) {
      throw ScimErrors.refused(
          "invalidValue", "Without a path the value is an object of attributes.");
    }
    if (op == Op.ADD && value == null) {
      throw ScimErrors.refused("invalidValue", "An add has a value.");
    }
    return new Change(op, path, value);
  }

  private static Op op(String word) {
    try {
      return Op.valueOf(String.valueOf(word).toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw ScimErrors.refused("invalidSyntax", "op is add, replace or remove.");
    }
  }
}

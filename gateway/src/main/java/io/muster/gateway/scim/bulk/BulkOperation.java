package io.muster.gateway.scim.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.gateway.access.ScimErrors;
import io.muster.gateway.scim.user.ScimJson;
import io.muster.gateway.scim.user.ScimUrns;
import java.util.Locale;

/**
 * One operation of a Bulk, as it was sent (RFC 7644, section 3.7).
 *
 * @param user whom the path names: an id, or {@code bulkId:...}; null for a new one
 * @param bulkId null when it has none
 * @param version that the user has to have; null for any
 * @param data an empty object when there is none
 */
record BulkOperation(Method method, String user, String bulkId, String version, ObjectNode data) {
  private static final String USERS = "/Users";
  static final String BULK_ID = "bulkId:";

  /** What is done. */
  enum Method {
    POST,
    PUT,
    PATCH,
    DELETE
  }

  /**
   * @throws io.muster.chassis.problem.RequestRefused invalidSyntax or invalidPath, when it can't be
   *     one
   */
  static BulkOperation of(JsonNode sent) {
    Method method = method(ScimJson.text(sent, "method"));
    String path = String.valueOf(ScimJson.text(sent, "path"));
    boolean creates = path.equals(USERS);
    boolean names = path.startsWith(USERS + "/") && path.length() > USERS.length() + 1;
    if (creates != (method == Method.POST) || !(creates || names)) {
      throw ScimErrors.refused(
          "invalidPath", "A POST has the path /Users, all others /Users/ and an id.");
    }
    String bulkId = ScimJson.text(sent, "bulkId");
    if (creates && bulkId == null) {
      throw ScimErrors.refused("invalidSyntax", "A POST in a Bulk has a bulkId.");
    }
    ObjectNode data = data(method, sent.path("data"));
    if (data.isEmpty() && method != Method.DELETE) {
      throw ScimErrors.refused("invalidSyntax", "data is the resource, or the PatchOp.");
    }
    return new BulkOperation(
        method,
        creates ? null : path.substring(USERS.length() + 1),
        bulkId,
        ScimJson.text(sent, "version"),
        data);
  }

  /**
   * RFC 7644 writes a PATCH's operations without a PatchOp around them (section 3.7.3), and
   * UnboundID's client a PatchOp that doesn't say that it is one.
   */
  private static ObjectNode data(Method method, JsonNode sent) {
    if (sent instanceof ObjectNode given) {
      boolean unnamed = method == Method.PATCH && !given.has("schemas") && !given.isEmpty();
      if (!unnamed) {
        return given;
      }
      ObjectNode named = given.deepCopy();
      named.putArray("schemas").add(ScimUrns.PATCH);
      return named;
    }
    ObjectNode data = ScimJson.object();
    if (method == Method.PATCH && sent.isArray() && !sent.isEmpty()) {
      data.putArray("schemas").add(ScimUrns.PATCH);
      data.set("Operations", sent);
    }
    return data;
  }

  private static Method method(String word) {
    try {
      return Method.valueOf(String.valueOf(word).toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw ScimErrors.refused("invalidSyntax", "method is POST, PUT, PATCH or DELETE.");
    }
  }
}

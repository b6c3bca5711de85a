package io.muster.gateway.scim.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.gateway.access.ScimErrors;
import io.muster.gateway.scim.user.ScimJson;
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
    ObjectNode data = sent.get("data") instanceof ObjectNode given ? given : ScimJson.object();
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

  private static Method method(String word) {
    try {
      return Method.valueOf(String.valueOf(word).toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw ScimErrors.refused("invalidSyntax", "method is POST, PUT, PATCH or DELETE.");
    }
  }
}

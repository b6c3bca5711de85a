package io.muster.gateway.scim.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.chassis.problem.Problem;
import io.muster.chassis.problem.RequestRefused;
import io.muster.gateway.access.ScimErrors;
import io.muster.gateway.scim.bulk.BulkOperation.Method;
import io.muster.gateway.scim.user.ScimJson;
import io.muster.gateway.scim.write.Order;

/**
 * An operation of a Bulk, thought through.
 *
 * @param sent as it was sent
 * @param operation null when it can't be one
 * @param order null when it is refused
 * @param refused null when it isn't, so far
 */
record PlannedOperation(
    JsonNode sent, BulkOperation operation, Order order, RequestRefused refused) {
  static PlannedOperation of(JsonNode sent, BulkOperation operation, Order order) {
    return new PlannedOperation(sent, operation, order, null);
  }

  static PlannedOperation refused(JsonNode sent, BulkOperation operation, RequestRefused because) {
    return new PlannedOperation(sent, operation, null, because);
  }

  boolean hasRows() {
    return order != null && !order.rows().isEmpty();
  }

  /**
   * What became of it.
   *
   * @param resource as it is now; null for none
   */
  ObjectNode done(ObjectNode resource, String base) {
    ObjectNode answer = answer();
    if (resource != null) {
      answer.put("location", resource.path("meta").path("location").asText());
      answer.put("version", resource.path("meta").path("version").asText());
    } else if (operation.method() != Method.POST) {
      answer.put("location", base + sent.path("path").asText());
    }
    String status =
        switch (operation.method()) {
          case POST -> "201";
          case DELETE -> "204";
          case PUT, PATCH -> "200";
        };
    return answer.put("status", status);
  }

  /** Why nothing did. */
  ObjectNode refusedFor(RequestRefused because, String base) {
    Problem problem = because.problem();
    ObjectNode answer = answer();
    // RFC 7644, section 3.7.3: required but where a POST failed. A user who was to be made in this
    // Bulk and wasn't has no other address than the one that was sent.
    if (operation == null || operation.method() != Method.POST) {
      answer.put("location", base + sent.path("path").asText());
    }
    answer.put("status", Integer.toString(ScimErrors.status(problem)));
    answer.set("response", ScimErrors.json(problem));
    return answer;
  }

  private ObjectNode answer() {
    ObjectNode answer = ScimJson.object();
    answer.put(
        "method", operation == null ? sent.path("method").asText() : operation.method().name());
    String bulkId = sent.path("bulkId").asText();
    if (!bulkId.isEmpty()) {
      answer.put("bulkId", bulkId);
    }
    return answer;
  }
}

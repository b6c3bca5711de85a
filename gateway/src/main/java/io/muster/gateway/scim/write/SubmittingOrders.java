package io.muster.gateway.scim.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.job.JobSnapshot;
import io.muster.gateway.access.ServiceCalls;
import io.muster.gateway.access.ServicesConfig;
import io.muster.gateway.submit.AcceptedJobs;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Speaks with bulk-ingest-service about the jobs of orders. Every method blocks. */
@ApplicationScoped
class SubmittingOrders {
  private static final Map<String, String> OF_BITS =
      Map.of("Content-Type", "application/octet-stream");

  private final ServiceCalls calls;
  private final ServicesConfig services;
  private final AcceptedJobs accepted;
  private final ObjectMapper json;

  SubmittingOrders(
      ServiceCalls calls, ServicesConfig services, AcceptedJobs accepted, ObjectMapper json) {
    this.calls = calls;
    this.services = services;
    this.accepted = accepted;
    this.json = json;
  }

  /**
   * @param orders each with rows
   * @param mostErrors it stops at so many; 0 for no limit
   * @throws RequestRefused when all of it is refused or not to be had now
   */
  OrderedJob submit(List<Order> orders, int mostErrors, String bearer) {
    ArrayNode body = json.createArrayNode();
    orders.forEach(order -> body.add(order.json()));
    byte[] answer =
        ServiceCalls.whole(
            calls.post(
                services.bulkIngestUrl(),
                "/v1/orders?mostErrors=" + mostErrors,
                bearer,
                Map.of(),
                BodyPublishers.ofString(body.toString())));
    try {
      JsonNode admitted = json.readTree(answer);
      Map<Integer, RequestRefused> refused = new HashMap<>();
      for (JsonNode each : admitted.path("refused")) {
        refused.put(
            each.path("order").asInt(),
            OrderedJob.refusal(
                each.path("code").asText(),
                each.path("detail").asText(),
                each.path("field").asText(null)));
      }
      JobSnapshot job =
          admitted.path("job").isObject()
              ? accepted.keep(json.writeValueAsBytes(admitted.path("job")))
              : null;
      return new OrderedJob(job, orders, admitted.path("taken").asInt(), refused);
    } catch (IOException e) {
      // Without Jackson's text, which quotes the answer.
      throw new IllegalStateException("bulk-ingest-service's answer can't be read");
    }
  }

  /** Cuts off what isn't begun yet. */
  JobSnapshot cancel(UUID job, String bearer) {
    return control(job, "cancel", Map.of(), new byte[0], bearer);
  }

  /** Takes rows of a final job back. */
  JobSnapshot undo(UUID job, BitSet rows, String bearer) {
    return control(job, "undo", OF_BITS, rows.toByteArray(), bearer);
  }

  private JobSnapshot control(
      UUID job, String verb, Map<String, String> headers, byte[] body, String bearer) {
    return accepted.keep(
        ServiceCalls.whole(
            calls.post(
                services.bulkIngestUrl(),
                "/v1/jobs/" + job + "/" + verb,
                bearer,
                headers,
                BodyPublishers.ofByteArray(body))));
  }
}

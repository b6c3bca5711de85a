package io.muster.gateway.scim.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.command.UserPrincipalName;
import io.muster.gateway.access.ScimErrors;
import io.muster.gateway.directory.ReadingUsers;
import io.muster.gateway.scim.ScimConfig;
import io.muster.gateway.scim.bulk.BulkOperation.Method;
import io.muster.gateway.scim.user.ProvisioningUsers.Asking;
import io.muster.gateway.scim.user.ScimJson;
import io.muster.gateway.scim.user.ScimUrns;
import io.muster.gateway.scim.user.ShowingUsers;
import io.muster.gateway.scim.write.Order;
import io.muster.gateway.scim.write.Outcome;
import io.muster.gateway.scim.write.WritingOrders;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Does a Bulk (RFC 7644, section 3.7) as one job: its operations in their order, each all or
 * nothing, and of those that change a user several times each on what the last one left.
 */
@ApplicationScoped
public class DoingABulk {
  private static final int TOO_LARGE = 413;

  private final PlanningABulk planning;
  private final WritingOrders writing;
  private final ReadingUsers users;
  private final ShowingUsers showing;
  private final ScimConfig config;

  DoingABulk(
      PlanningABulk planning,
      WritingOrders writing,
      ReadingUsers users,
      ShowingUsers showing,
      ScimConfig config) {
    this.planning = planning;
    this.writing = writing;
    this.users = users;
    this.showing = showing;
    this.config = config;
  }

  /**
   * @param body a BulkRequest
   * @return a BulkResponse; operations that weren't begun, for failOnErrors, aren't in it
   * @throws RequestRefused for what is no BulkRequest, or too large
   */
  public ObjectNode run(ObjectNode body, Asking asking) {
    List<JsonNode> operations = operations(body);
    int mostErrors = Math.max(0, body.path("failOnErrors").asInt(0));
    List<PlannedOperation> planned = planning.plan(operations, mostErrors, asking);
    List<Order> orders =
        planned.stream().filter(PlannedOperation::hasRows).map(PlannedOperation::order).toList();
    long refused = planned.stream().filter(each -> each.refused() != null).count();
    int left = mostErrors == 0 ? 0 : (int) Math.max(1, mostErrors - refused);
    List<Outcome> outcomes =
        orders.isEmpty() ? List.of() : writing.write(orders, left, asking.bearer());
    return answer(planned, outcomes, asking);
  }

  private List<JsonNode> operations(ObjectNode body) {
    if (!ScimJson.names(body, ScimUrns.BULK) || !body.path("Operations").isArray()) {
      throw ScimErrors.refused(
          "invalidSyntax", "schemas names " + ScimUrns.BULK + ", and Operations is a list.");
    }
    List<JsonNode> operations = new ArrayList<>();
    body.path("Operations").forEach(operations::add);
    if (operations.size() > config.maxOperations()) {
      throw ScimErrors.refused(
          TOO_LARGE,
          "Too many operations",
          "A Bulk has " + config.maxOperations() + " operations at most: send several.");
    }
    return operations;
  }

  private ObjectNode answer(List<PlannedOperation> planned, List<Outcome> outcomes, Asking asking) {
    Map<String, ObjectNode> resources = resources(planned, asking);
    ObjectNode answer = ScimJson.object();
    answer.putArray("schemas").add(ScimUrns.BULK_ANSWER);
    ArrayNode list = answer.putArray("Operations");
    int next = 0;
    for (PlannedOperation each : planned) {
      if (each.refused() != null) {
        list.add(each.refusedFor(each.refused(), asking.base()));
        continue;
      }
      Outcome outcome = each.hasRows() ? outcomes.get(next++) : new Outcome.Done();
      if (outcome instanceof Outcome.Refused refused) {
        list.add(each.refusedFor(refused.because(), asking.base()));
      } else if (outcome instanceof Outcome.Done) {
        list.add(
            each.done(
                resources.get(UserPrincipalName.keyOf(each.order().userName())), asking.base()));
      } else {
        // Too many errors before it: what comes behind isn't begun, nor told of.
        break;
      }
    }
    return answer;
  }

  /** Those that the operations leave, by name. */
  private Map<String, ObjectNode> resources(List<PlannedOperation> planned, Asking asking) {
    Set<String> names = new LinkedHashSet<>();
    for (PlannedOperation each : planned) {
      if (each.refused() == null && each.operation().method() != Method.DELETE) {
        names.add(each.order().userName());
      }
    }
    Map<String, ObjectNode> resources = new HashMap<>();
    showing
        .show(
            users.lookUp("USER_PRINCIPAL_NAME", names, asking.bearer()),
            asking.base(),
            asking.bearer())
        .forEach(
            resource ->
                resources.put(
                    UserPrincipalName.keyOf(resource.path("userName").asText()), resource));
    return resources;
  }
}

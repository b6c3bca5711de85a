package io.muster.gateway.scim.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.job.RequestCode;
import io.muster.gateway.directory.ReadingUsers;
import io.muster.gateway.scim.user.ChangingUsers;
import io.muster.gateway.scim.user.PlanningOrders;
import io.muster.gateway.scim.user.ProvisioningUsers.Asking;
import io.muster.gateway.scim.user.ShowingUsers;
import io.muster.gateway.scim.user.UserNames;
import io.muster.gateway.scim.user.Versions;
import io.muster.gateway.scim.write.Order;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** Makes orders of a Bulk's operations, each on what those before it leave. */
@ApplicationScoped
class PlanningABulk {
  private final ReadingUsers users;
  private final ShowingUsers showing;
  private final UserNames names;

  PlanningABulk(ReadingUsers users, ShowingUsers showing, UserNames names) {
    this.names = names;
    this.users = users;
    this.showing = showing;
  }

  /**
   * @param mostErrors plans nothing behind so many refused operations; 0 plans all
   * @return those that were planned, in their order
   */
  List<PlannedOperation> plan(List<JsonNode> operations, int mostErrors, Asking asking) {
    for (JsonNode each : operations) {
      if (each.get("data") instanceof ObjectNode data && data.path("userName").isTextual()) {
        var unused = names.complete(data);
      }
    }
    KnownUsers known = KnownUsers.of(operations, users, showing, asking.base(), asking.bearer());
    List<PlannedOperation> planned = new ArrayList<>();
    int errors = 0;
    for (JsonNode sent : operations) {
      if (mostErrors > 0 && errors >= mostErrors) {
        break;
      }
      PlannedOperation one = plan(sent, known, asking);
      errors += one.refused() == null ? 0 : 1;
      planned.add(one);
    }
    return planned;
  }

  private PlannedOperation plan(JsonNode sent, KnownUsers known, Asking asking) {
    BulkOperation operation = null;
    try {
      operation = BulkOperation.of(sent);
      Order order = order(operation, known, asking);
      known.expect(order);
      return PlannedOperation.of(sent, operation, order);
    } catch (RequestRefused e) {
      return PlannedOperation.refused(sent, operation, e);
    }
  }

  private Order order(BulkOperation operation, KnownUsers known, Asking asking) {
    if (operation.user() == null) {
      return PlanningOrders.create(ChangingUsers.created(operation.data(), known::manager));
    }
    ObjectNode user =
        known
            .find(operation.user())
            .orElseThrow(
                () ->
                    RequestRefused.because(
                        RequestCode.NOT_FOUND, "There is no such user that you may see."));
    // Whom an operation before has changed has no version yet: a demanded one can't be it.
    ObjectNode shown =
        known.asShown(user).orElseGet(() -> showing.showWithoutManagers(user, asking.base()));
    Versions.require(operation.version(), shown);
    return switch (operation.method()) {
      case PUT ->
          PlanningOrders.change(user, ChangingUsers.replaced(operation.data(), known::manager));
      case PATCH ->
          PlanningOrders.change(
              user, ChangingUsers.patched(shown, operation.data(), known::manager));
      case DELETE -> PlanningOrders.remove(user);
      case POST -> throw new IllegalStateException("a POST names no user");
    };
  }
}

package io.muster.gateway.scim.user;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.contracts.command.AccountProperty;
import io.muster.contracts.command.Operation;
import io.muster.contracts.command.UserPrincipalName;
import io.muster.gateway.access.ScimErrors;
import io.muster.gateway.scim.write.Order;
import io.muster.gateway.scim.write.Order.Row;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes rows of the difference between what a user is and what it is to be. What can be refused and
 * taken back comes before what can't: a password is the last.
 */
public final class PlanningOrders {
  private static final String CLEARED = "-";
  private static final String LICENSES = "licenses";

  private PlanningOrders() {}

  /** A user that isn't there yet. */
  public static Order create(WantedUser wanted) {
    if (wanted.userName() == null) {
      throw ScimJson.invalidValue("userName is missing: write it as local@domain.");
    }
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    wanted
        .properties()
        .forEach((property, value) -> value.ifPresent(text -> fields.put(property.field(), text)));
    if (Boolean.TRUE.equals(wanted.active())) {
      fields.put("blockSignIn", false);
    }
    if (Boolean.TRUE.equals(wanted.isProtected())) {
      fields.put("protected", true);
    }
    withPassword(fields, wanted);
    List<Row> rows = new ArrayList<>();
    rows.add(new Row(Operation.ADD, fields));
    if (wanted.licenses() != null && !wanted.licenses().isEmpty()) {
      rows.add(licenses(wanted.licenses()));
    }
    return new Order(wanted.userName(), rows);
  }

  /**
   * A user that is there.
   *
   * @param user as the address list has it
   */
  public static Order change(ObjectNode user, WantedUser wanted) {
    String name = user.path("userPrincipalName").asText();
    if (wanted.userName() != null
        && !UserPrincipalName.keyOf(wanted.userName()).equals(UserPrincipalName.keyOf(name))) {
      throw ScimErrors.refused(
          "mutability", "userName can't be changed: create another user instead.");
    }
    List<Row> rows = new ArrayList<>();
    ObjectNode properties = properties(user, wanted);
    if (!properties.isEmpty()) {
      rows.add(new Row(Operation.SET, properties));
    }
    boolean isActive = user.path("state").asText().equals("ACTIVE");
    boolean toBeActive = wanted.active() == null ? isActive : wanted.active();
    if (toBeActive && !isActive) {
      rows.addAll(enable(user, wanted));
      return new Order(name, rows);
    }
    if (isActive && !toBeActive) {
      // Disabling gives all seats back: what the resource says of licenses comes to nothing.
      rows.add(new Row(Operation.DISABLE, JsonNodeFactory.instance.objectNode()));
    } else if (wanted.licenses() != null && !wanted.licenses().equals(held(user))) {
      rows.add(licenses(wanted.licenses()));
    }
    if (wanted.password() != null) {
      rows.add(
          new Row(
              Operation.SET_PASSWORD, withPassword(JsonNodeFactory.instance.objectNode(), wanted)));
    }
    return new Order(name, rows);
  }

  /** A user that is to go to the recycle bin. */
  public static Order remove(ObjectNode user) {
    return new Order(
        user.path("userPrincipalName").asText(),
        List.of(new Row(Operation.REMOVE, JsonNodeFactory.instance.objectNode())));
  }

  /** With its seats in one row where none of those that are held is to be given back. */
  private static List<Row> enable(ObjectNode user, WantedUser wanted) {
    List<Row> rows = new ArrayList<>();
    ObjectNode fields = withPassword(JsonNodeFactory.instance.objectNode(), wanted);
    if (wanted.licenses() != null && !wanted.licenses().equals(held(user))) {
      if (wanted.licenses().containsAll(held(user))) {
        wanted.licenses().forEach(fields.putArray(LICENSES)::add);
      } else {
        rows.add(licenses(wanted.licenses()));
      }
    }
    rows.add(new Row(Operation.ENABLE, fields));
    return rows;
  }

  private static ObjectNode properties(ObjectNode user, WantedUser wanted) {
    ObjectNode changed = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<AccountProperty, Optional<String>> each : wanted.properties().entrySet()) {
      String field = each.getKey().field();
      String is = user.path(field).isNull() ? "" : user.path(field).asText("");
      String toBe = each.getValue().orElse("");
      boolean same =
          each.getKey() == AccountProperty.MANAGER
              ? UserPrincipalName.keyOf(is).equals(UserPrincipalName.keyOf(toBe))
              : is.equals(toBe);
      if (!same) {
        changed.put(field, toBe.isEmpty() ? CLEARED : toBe);
      }
    }
    if (wanted.isProtected() != null
        && wanted.isProtected() != user.path("protected").asBoolean()) {
      changed.put("protected", wanted.isProtected());
    }
    return changed;
  }

  private static Set<String> held(ObjectNode user) {
    Set<String> held = new LinkedHashSet<>();
    for (JsonNode license : user.path(LICENSES)) {
      held.add(license.path("sku").asText());
    }
    return held;
  }

  private static Row licenses(Set<String> exactly) {
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    ArrayNode skus = fields.putArray(LICENSES);
    exactly.forEach(skus::add);
    if (exactly.isEmpty()) {
      skus.add(CLEARED);
    }
    return new Row(Operation.SET_LICENSES, fields);
  }

  private static ObjectNode withPassword(ObjectNode fields, WantedUser wanted) {
    if (wanted.password() != null) {
      fields.put("password", wanted.password());
      if (wanted.mustChangePassword() != null) {
        fields.put("mustChangePassword", wanted.mustChangePassword());
      }
    }
    return fields;
  }
}

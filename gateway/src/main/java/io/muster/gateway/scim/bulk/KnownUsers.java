package io.muster.gateway.scim.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.contracts.command.UserPrincipalName;
import io.muster.gateway.directory.ReadingUsers;
import io.muster.gateway.scim.user.ScimJson;
import io.muster.gateway.scim.user.ShowingUsers;
import io.muster.gateway.scim.write.Order;
import io.muster.gateway.scim.write.Order.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The users that a Bulk speaks of, as they are and as its own operations leave them one after the
 * other: looked up together before the first one. One thread.
 */
final class KnownUsers {
  private static final int AT_A_TIME = 1_000;
  private static final String NAME = "userPrincipalName";
  private static final String STATE = "state";
  private static final String LICENSES = "licenses";

  private final Map<String, ObjectNode> byId = new HashMap<>();
  private final Map<String, ObjectNode> byName = new HashMap<>();
  private final Map<String, ObjectNode> shown = new HashMap<>();
  private final Map<String, String> names = new HashMap<>();
  private final Set<String> touched = new LinkedHashSet<>();

  /** Looks up whom the operations name by ids, wherever these stand. */
  static KnownUsers of(
      List<JsonNode> operations,
      ReadingUsers users,
      ShowingUsers showing,
      String base,
      String bearer) {
    Set<String> ids = new LinkedHashSet<>();
    KnownUsers known = new KnownUsers();
    for (JsonNode each : operations) {
      collect(each, ids);
      String bulkId = each.path("bulkId").asText();
      String name = each.path("data").path("userName").asText();
      if (!bulkId.isEmpty() && !name.isEmpty()) {
        known.names.put(bulkId, name);
      }
    }
    List<String> all = new ArrayList<>(ids);
    for (int from = 0; from < all.size(); from += AT_A_TIME) {
      List<ObjectNode> found =
          users.lookUp("ID", all.subList(from, Math.min(all.size(), from + AT_A_TIME)), bearer);
      List<ObjectNode> resources = showing.show(found, base, bearer);
      for (int i = 0; i < found.size(); i++) {
        String id = found.get(i).path("id").asText();
        known.byId.put(id, found.get(i));
        known.byName.put(key(found.get(i)), found.get(i));
        known.shown.put(id, resources.get(i));
      }
    }
    return known;
  }

  /** An id is a text, or the last part of a path. */
  private static void collect(JsonNode node, Set<String> ids) {
    if (node.isTextual()) {
      String text = node.asText();
      String last = text.substring(text.lastIndexOf('/') + 1);
      if (ScimJson.isId(last)) {
        ids.add(last.toLowerCase(Locale.ROOT));
      }
    }
    node.forEach(each -> collect(each, ids));
  }

  /** Whom a path names. */
  Optional<ObjectNode> find(String user) {
    ObjectNode found =
        user.startsWith(BulkOperation.BULK_ID)
            ? byName.get(
                UserPrincipalName.keyOf(
                    names.getOrDefault(user.substring(BulkOperation.BULK_ID.length()), "")))
            : byId.get(user.toLowerCase(Locale.ROOT));
    return Optional.ofNullable(found).filter(each -> !each.path(STATE).asText().equals("REMOVED"));
  }

  /** The name of a manager who is told by id; others are names already. */
  Optional<String> manager(String told) {
    if (told.startsWith(BulkOperation.BULK_ID)) {
      return Optional.ofNullable(names.get(told.substring(BulkOperation.BULK_ID.length())));
    }
    return ScimJson.isId(told)
        ? Optional.ofNullable(byId.get(told.toLowerCase(Locale.ROOT)))
            .map(user -> user.path(NAME).asText())
        : Optional.of(told);
  }

  /** The resource as it stands, for those that no operation before has changed. */
  Optional<ObjectNode> asShown(ObjectNode user) {
    return touched.contains(key(user))
        ? Optional.empty()
        : Optional.ofNullable(shown.get(user.path("id").asText()));
  }

  /** From here on the user is as the order leaves it. */
  void expect(Order order) {
    String key = UserPrincipalName.keyOf(order.userName());
    touched.add(key);
    ObjectNode user = byName.get(key);
    if (user == null || user.path(STATE).asText().equals("REMOVED")) {
      user = JsonNodeFactory.instance.objectNode().put(NAME, order.userName());
      user.put(STATE, "DISABLED").putArray(LICENSES);
      byName.put(key, user);
    }
    for (Row row : order.rows()) {
      expect(user, row);
    }
  }

  private static void expect(ObjectNode user, Row row) {
    switch (row.operation()) {
      case ADD, SET ->
          row.fields()
              .properties()
              .forEach(
                  field -> {
                    if (field.getValue().asText().equals("-")) {
                      user.remove(field.getKey());
                    } else {
                      user.set(field.getKey(), field.getValue());
                    }
                  });
      case REMOVE -> user.put(STATE, "REMOVED").putArray(LICENSES);
      case DISABLE -> user.put(STATE, "DISABLED").putArray(LICENSES);
      case ENABLE -> {
        user.put(STATE, "ACTIVE");
        if (row.fields().has(LICENSES)) {
          hold(user, row.fields().path(LICENSES));
        }
      }
      case SET_LICENSES -> hold(user, row.fields().path(LICENSES));
      case RESTORE, SET_PASSWORD -> {
        // Nothing that a later operation is measured by.
      }
    }
    if (row.fields().path("blockSignIn").isBoolean()) {
      user.remove("blockSignIn");
      user.put(STATE, "ACTIVE");
    }
    user.remove("password");
  }

  private static void hold(ObjectNode user, JsonNode skus) {
    var held = user.putArray(LICENSES);
    skus.forEach(
        sku -> {
          if (!sku.asText().equals("-")) {
            held.addObject().put("sku", sku.asText());
          }
        });
  }

  private static String key(ObjectNode user) {
    return UserPrincipalName.keyOf(user.path(NAME).asText());
  }
}

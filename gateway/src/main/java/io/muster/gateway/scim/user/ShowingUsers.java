package io.muster.gateway.scim.user;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.contracts.command.UserPrincipalName;
import io.muster.gateway.directory.ReadingUsers;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Users of the address list as SCIM resources. */
@ApplicationScoped
public class ShowingUsers {
  private static final int VERSION_BYTES = 12;

  private final ReadingUsers users;

  ShowingUsers(ReadingUsers users) {
    this.users = users;
  }

  /**
   * @param found as the address list has them
   * @param base what addresses begin with
   * @return in the same order
   */
  public List<ObjectNode> show(List<ObjectNode> found, String base, String bearer) {
    Map<String, String> managers = managers(found, bearer);
    return found.stream().map(user -> show(user, managers, base)).toList();
  }

  /**
   * One that isn't stored so yet; managers are shown by name, which is taken as well.
   *
   * @param user as the address list would have it
   */
  public ObjectNode showWithoutManagers(ObjectNode user, String base) {
    return show(user, Map.of(), base);
  }

  /** Ids of those whom accounts name as managers, by name; others stay as they were written. */
  private Map<String, String> managers(List<ObjectNode> found, String bearer) {
    Set<String> names =
        found.stream()
            .map(user -> text(user, "manager"))
            .filter(Objects::nonNull)
            .filter(name -> name.indexOf('@') > 0)
            .collect(Collectors.toSet());
    Map<String, String> ids = new HashMap<>();
    for (ObjectNode manager : users.lookUp("USER_PRINCIPAL_NAME", names, bearer)) {
      ids.put(
          UserPrincipalName.keyOf(manager.path("userPrincipalName").asText()),
          manager.path("id").asText());
    }
    return ids;
  }

  private static ObjectNode show(ObjectNode user, Map<String, String> managers, String base) {
    ObjectNode resource = ScimJson.object();
    ArrayNode schemas = resource.putArray("schemas").add(ScimUrns.USER);
    String id = user.path("id").asText();
    resource.put("id", id);
    put(resource, "externalId", text(user, "externalId"));
    put(resource, "userName", text(user, "userPrincipalName"));
    name(resource, text(user, "firstName"), text(user, "lastName"));
    put(resource, "displayName", text(user, "displayName"));
    put(resource, "title", text(user, "jobTitle"));
    resource.put("active", user.path("state").asText().equals("ACTIVE"));
    values(resource, user);
    ObjectNode enterprise = enterprise(user, managers, base);
    if (!enterprise.isEmpty()) {
      schemas.add(ScimUrns.ENTERPRISE);
      resource.set(ScimUrns.ENTERPRISE, enterprise);
    }
    schemas.add(ScimUrns.MUSTER);
    resource.set(ScimUrns.MUSTER, muster(user));
    ObjectNode meta = resource.putObject("meta");
    meta.put("resourceType", "User");
    put(meta, "created", text(user, "createdAt"));
    put(meta, "lastModified", text(user, "updatedAt"));
    meta.put("location", base + "/Users/" + id);
    meta.put("version", version(user));
    return resource;
  }

  private static void name(ObjectNode resource, String given, String family) {
    if (given == null && family == null) {
      return;
    }
    ObjectNode name = resource.putObject("name");
    put(name, "givenName", given);
    put(name, "familyName", family);
    name.put(
        "formatted",
        given == null || family == null ? (given == null ? family : given) : given + " " + family);
  }

  private static void values(ObjectNode resource, ObjectNode user) {
    String email = text(user, "alternateEmail");
    if (email != null) {
      resource
          .putArray("emails")
          .addObject()
          .put("value", email)
          .put("type", "work")
          .put("primary", true);
    }
    ArrayNode phones = ScimJson.object().putArray("phoneNumbers");
    for (String[] phone : WantedUser.PHONES) {
      String number = text(user, phone[1]);
      if (number != null) {
        phones.addObject().put("value", number).put("type", phone[0]);
      }
    }
    if (!phones.isEmpty()) {
      resource.set("phoneNumbers", phones);
    }
    ObjectNode address = ScimJson.object();
    for (String[] line : WantedUser.ADDRESS) {
      put(address, line[0], text(user, line[1]));
    }
    if (!address.isEmpty()) {
      resource.putArray("addresses").add(address.put("type", "work").put("primary", true));
    }
  }

  private static ObjectNode enterprise(ObjectNode user, Map<String, String> managers, String base) {
    ObjectNode enterprise = ScimJson.object();
    put(enterprise, "employeeNumber", text(user, "employeeId"));
    put(enterprise, "department", text(user, "department"));
    String manager = text(user, "manager");
    if (manager != null) {
      String id = managers.get(UserPrincipalName.keyOf(manager));
      ObjectNode shown = enterprise.putObject("manager").put("value", id == null ? manager : id);
      if (id != null) {
        shown.put("$ref", base + "/Users/" + id);
      }
    }
    return enterprise;
  }

  private static ObjectNode muster(ObjectNode user) {
    ObjectNode muster = ScimJson.object();
    put(muster, "unit", text(user, "unit"));
    put(muster, "office", text(user, "office"));
    put(muster, "usageLocation", text(user, "usageLocation"));
    muster.put("protected", user.path("protected").asBoolean());
    muster.put("credential", user.path("credential").asText("NONE"));
    muster.put("mustChangePassword", user.path("mustChangePassword").asBoolean());
    ArrayNode licenses = muster.putArray("licenses");
    for (JsonNode license : user.path("licenses")) {
      licenses.add(license.path("sku").asText());
    }
    return muster;
  }

  /** Of all that is known of the user, licenses included, whatever address it is asked for at. */
  private static String version(ObjectNode user) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(user.toString().getBytes(StandardCharsets.UTF_8));
      return "W/\"" + HexFormat.of().formatHex(Arrays.copyOf(digest, VERSION_BYTES)) + "\"";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String text(JsonNode user, String field) {
    JsonNode value = user.get(field);
    return value == null || value.isNull() ? null : value.asText();
  }

  private static void put(ObjectNode object, String name, String value) {
    if (value != null) {
      object.put(name, value);
    }
  }
}

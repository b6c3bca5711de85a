package io.muster.gateway.scim.user;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.command.AccountProperty;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a resource says that a user is to be, in Muster's words. What the resource doesn't speak of
 * is left alone: extensions that aren't there, and what has no default.
 *
 * @param userName null when it isn't there
 * @param properties empty for one that is to have no value; those that stay are left out
 * @param active null when it isn't there
 * @param licenses the exact set of SKUs; null when it isn't there
 * @param password null when it isn't there
 * @param mustChangePassword null when it isn't there
 * @param isProtected null when it isn't there
 */
public record WantedUser(
    String userName,
    Map<AccountProperty, Optional<String>> properties,
    Boolean active,
    Set<String> licenses,
    String password,
    Boolean mustChangePassword,
    Boolean isProtected) {
  /** Types of phone numbers and the fields that hold them. */
  static final String[][] PHONES = {
    {"work", "officePhone"}, {"mobile", "mobilePhone"}, {"fax", "fax"}
  };

  /** Parts of the work address and the fields that hold them. */
  static final String[][] ADDRESS = {
    {"streetAddress", "streetAddress"},
    {"locality", "city"},
    {"region", "stateOrProvince"},
    {"postalCode", "postalCode"},
    {"country", "country"}
  };

  /** In a changed property it would clear it. */
  private static final String CLEARS = "-";

  /**
   * Reads a resource.
   *
   * @throws RequestRefused invalidValue
   */
  public static WantedUser of(ObjectNode resource) {
    Map<AccountProperty, Optional<String>> properties = new EnumMap<>(AccountProperty.class);
    String userName = ScimJson.text(resource, "userName");
    JsonNode name = resource.path("name");
    String given = ScimJson.text(name, "givenName");
    String family = ScimJson.text(name, "familyName");
    put(properties, AccountProperty.FIRST_NAME, given);
    put(properties, AccountProperty.LAST_NAME, family);
    put(
        properties,
        AccountProperty.DISPLAY_NAME,
        displayName(resource, name, given, family, userName));
    put(properties, AccountProperty.JOB_TITLE, ScimJson.text(resource, "title"));
    put(properties, AccountProperty.EXTERNAL_ID, ScimJson.text(resource, "externalId"));
    put(properties, AccountProperty.ALTERNATE_EMAIL, ofType(resource, "emails", "work"));
    for (String[] phone : PHONES) {
      put(properties, property(phone[1]), ofType(resource, "phoneNumbers", phone[0]));
    }
    JsonNode address = element(resource.path("addresses"), "work");
    for (String[] line : ADDRESS) {
      put(properties, property(line[1]), ScimJson.text(address, line[0]));
    }
    JsonNode enterprise = resource.path(ScimUrns.ENTERPRISE);
    if (enterprise.isObject()) {
      put(properties, AccountProperty.EMPLOYEE_ID, ScimJson.text(enterprise, "employeeNumber"));
      put(properties, AccountProperty.DEPARTMENT, ScimJson.text(enterprise, "department"));
      put(properties, AccountProperty.MANAGER, manager(enterprise));
    }
    JsonNode muster = resource.path(ScimUrns.MUSTER);
    if (muster.isObject()) {
      put(properties, AccountProperty.UNIT, ScimJson.text(muster, "unit"));
      put(properties, AccountProperty.OFFICE, ScimJson.text(muster, "office"));
      put(properties, AccountProperty.USAGE_LOCATION, ScimJson.text(muster, "usageLocation"));
    }
    return new WantedUser(
        userName,
        properties,
        ScimJson.bool(resource, "active"),
        licenses(muster),
        password(resource),
        ScimJson.bool(muster, "mustChangePassword"),
        ScimJson.bool(muster, "protected"));
  }

  /** The same with its manager by the name that accounts have. */
  public WantedUser managedBy(String managersName) {
    Map<AccountProperty, Optional<String>> changed = new EnumMap<>(properties);
    changed.put(AccountProperty.MANAGER, Optional.of(managersName));
    return new WantedUser(
        userName, changed, active, licenses, password, mustChangePassword, isProtected);
  }

  /** As the client wrote it: an id or a name; null for none. */
  public String manager() {
    return properties.getOrDefault(AccountProperty.MANAGER, Optional.empty()).orElse(null);
  }

  private static void put(
      Map<AccountProperty, Optional<String>> properties, AccountProperty property, String value) {
    if (CLEARS.equals(value)) {
      throw ScimJson.invalidValue(
          "A lone - can't be the value of an attribute: leave the attribute out to have none.");
    }
    properties.put(property, Optional.ofNullable(value));
  }

  private static AccountProperty property(String field) {
    return AccountProperty.ofField(field).orElseThrow();
  }

  /** API.md: displayName, else name.formatted, else given and family name, else userName. */
  private static String displayName(
      ObjectNode resource, JsonNode name, String given, String family, String userName) {
    String display = ScimJson.text(resource, "displayName");
    if (display == null) {
      display = ScimJson.text(name, "formatted");
    }
    if (display == null && (given != null || family != null)) {
      display = ((given == null ? "" : given) + " " + (family == null ? "" : family)).strip();
    }
    return display == null ? userName : display;
  }

  private static String ofType(ObjectNode resource, String attribute, String type) {
    return ScimJson.text(element(resource.path(attribute), type), "value");
  }

  /**
   * The value of that type; of several the last one, which was added last. One without a type is a
   * work one: what has no other name is what the user works with. Of several without a type it is
   * the first: they came together, and whoever lists them begins with the one that matters.
   */
  private static JsonNode element(JsonNode values, String type) {
    JsonNode found = ScimJson.object();
    boolean untyped = false;
    for (JsonNode value : values.isArray() ? values : ScimJson.object().putArray("x").add(values)) {
      String itsType = value.isObject() ? ScimJson.text(value, "type") : null;
      if (itsType == null ? type.equals("work") && !untyped : itsType.equalsIgnoreCase(type)) {
        if (value.isObject()) {
          found = value;
        } else if (value.isTextual()) {
          found = ScimJson.object().put("value", value.asText());
        }
        untyped |= itsType == null;
      }
    }
    return found;
  }

  private static String manager(JsonNode enterprise) {
    JsonNode manager = enterprise.path("manager");
    // Entra ID sends the id alone.
    return manager.isObject()
        ? ScimJson.text(manager, "value")
        : ScimJson.text(enterprise, "manager");
  }

  private static Set<String> licenses(JsonNode muster) {
    JsonNode licenses = muster.get("licenses");
    if (licenses == null) {
      return null;
    }
    Set<String> skus = new LinkedHashSet<>();
    if (licenses.isTextual()) {
      skus.add(sku(licenses));
    }
    for (JsonNode license : licenses) {
      skus.add(sku(license.isObject() ? license.path("value") : license));
    }
    return skus;
  }

  private static String sku(JsonNode license) {
    String sku = license.asText().strip();
    if (!license.isTextual() || sku.isEmpty() || sku.equals(CLEARS) || sku.indexOf(';') >= 0) {
      throw ScimJson.invalidValue("licenses holds one SKU in each text; [] clears.");
    }
    return sku;
  }

  /** Not trimmed: every character of a password counts. */
  private static String password(ObjectNode resource) {
    JsonNode password = resource.get("password");
    if (password == null || password.isNull() || password.asText().isEmpty()) {
      return null;
    }
    if (!password.isTextual()) {
      throw ScimJson.invalidValue("password is a text.");
    }
    return password.asText();
  }
}

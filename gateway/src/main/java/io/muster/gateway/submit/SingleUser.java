package io.muster.gateway.submit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.command.AccountProperty;
import io.muster.contracts.command.UserPrincipalName;
import io.muster.contracts.job.RequestCode;
import io.muster.contracts.result.RowCode;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The JSON of a single call: the CSV table's columns in camelCase, checked for form only, and
 * turned into the row that a file would have for it.
 */
final class SingleUser {
  /** In a row of {@code set} and of {@code set-licenses}: clears. */
  private static final String CLEARED = "-";

  private static final Set<String> TEXTS =
      AccountProperty.inFiles().stream()
          .map(AccountProperty::field)
          .collect(Collectors.toUnmodifiableSet());
  private static final String USER_PRINCIPAL_NAME = "userPrincipalName";
  private static final Set<String> NAMES = Set.of(USER_PRINCIPAL_NAME, "password", "passwordHash");
  private static final Set<String> YES_OR_NO =
      Set.of("blockSignIn", "mustChangePassword", "protected");
  private static final String LICENSES = "licenses";
  private static final Pattern BLANKS_AROUND = Pattern.compile("^[ \u00A0]+|[ \u00A0]+$");

  private static final ObjectReader READER =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  /** What enabling somebody may tell of them. */
  static final Set<String> SIGN_IN =
      Set.of("password", "passwordHash", "mustChangePassword", LICENSES);

  /** What a new password may be told by; none of it has one generated. */
  static final Set<String> PASSWORD = Set.of("password", "passwordHash", "mustChangePassword");

  /** Of a call that its path tells all of. */
  static final Set<String> NOTHING = Set.of();

  private static final Set<String> CHANGEABLE =
      Stream.concat(TEXTS.stream(), Stream.of("protected")).collect(Collectors.toSet());

  private SingleUser() {}

  /**
   * A whole user.
   *
   * @return the object without its nulls
   * @throws RequestRefused INVALID_REQUEST, with the field where one is to blame
   */
  static ObjectNode read(byte[] body) {
    ObjectNode user = parse(body);
    user.properties().removeIf(field -> field.getValue().isNull());
    JsonNode name = user.get(USER_PRINCIPAL_NAME);
    return name == null ? user : user.put(USER_PRINCIPAL_NAME, withoutBlanks(name.asText()));
  }

  /**
   * The body of a call on a user that the path names.
   *
   * @param body may be empty
   * @param userPrincipalName from the path
   * @param allowed the fields that this call takes
   * @return the object with the name and without its nulls
   * @throws RequestRefused INVALID_REQUEST, or IMMUTABLE for another name
   */
  static ObjectNode read(byte[] body, String userPrincipalName, Set<String> allowed) {
    ObjectNode user = named(body, userPrincipalName, allowed);
    user.properties().removeIf(field -> field.getValue().isNull());
    return user;
  }

  /**
   * Changed properties: what is null or {@code -} is cleared, what is left out stays.
   *
   * @throws RequestRefused as {@link #read(byte[], String, Set)}
   */
  static ObjectNode changes(byte[] body, String userPrincipalName) {
    ObjectNode user = named(body, userPrincipalName, CHANGEABLE);
    for (Map.Entry<String, JsonNode> field : user.properties()) {
      String name = field.getKey();
      if (TEXTS.contains(name)) {
        refuseUnless(
            !field.getValue().asText("").isEmpty() || field.getValue().isNull(),
            name,
            " is empty: null clears it, and a field that is left out stays as it is.");
        if (field.getValue().isNull()) {
          field.setValue(JsonNodeFactory.instance.textNode(CLEARED));
        }
      } else {
        refuseUnless(!field.getValue().isNull(), name, " is true or false.");
      }
    }
    return user;
  }

  /**
   * The exact set of licenses; an empty list clears them, as a lone {@code -} does in a file.
   *
   * @throws RequestRefused as {@link #read(byte[], String, Set)}
   */
  static ObjectNode licenses(byte[] body, String userPrincipalName) {
    ObjectNode user = named(body, userPrincipalName, Set.of(LICENSES));
    JsonNode skus = user.path(LICENSES);
    refuseUnless(
        skus.isArray(),
        LICENSES,
        " is the exact list of SKUs that the user is to hold; [] clears.");
    for (JsonNode sku : skus) {
      String text = sku.asText().strip();
      boolean one = !text.isEmpty() && text.indexOf(';') < 0 && !text.equals(CLEARED);
      refuseUnless(one, LICENSES, " holds one SKU in each text; [] clears.");
    }
    if (skus.isEmpty()) {
      user.putArray(LICENSES).add(CLEARED);
    }
    return user;
  }

  private static ObjectNode named(byte[] body, String userPrincipalName, Set<String> allowed) {
    ObjectNode user = body.length == 0 ? JsonNodeFactory.instance.objectNode() : parse(body);
    JsonNode name = user.remove(USER_PRINCIPAL_NAME);
    if (name != null
        && !name.isNull()
        && !UserPrincipalName.keyOf(name.asText())
            .equals(UserPrincipalName.keyOf(userPrincipalName))) {
      throw RequestRefused.row(RowCode.IMMUTABLE, RowCode.IMMUTABLE.remedy(), USER_PRINCIPAL_NAME);
    }
    user.fieldNames()
        .forEachRemaining(
            field -> {
              if (!allowed.contains(field)) {
                throw RequestRefused.invalid(field, "This call doesn't take " + field + ".");
              }
            });
    return user.put(USER_PRINCIPAL_NAME, withoutBlanks(userPrincipalName));
  }

  /** As the rules of rows take them off: the user is looked up by the name afterwards. */
  private static String withoutBlanks(String name) {
    return BLANKS_AROUND.matcher(name).replaceAll("");
  }

  private static ObjectNode parse(byte[] body) {
    JsonNode json;
    try {
      json = READER.readTree(body);
    } catch (IOException e) {
      // Bytes that are no text in any encoding are not always a JsonProcessingException.
      throw notAnObject();
    }
    if (!(json instanceof ObjectNode user)) {
      throw notAnObject();
    }
    for (Map.Entry<String, JsonNode> field : user.properties()) {
      check(field.getKey(), field.getValue());
    }
    return user;
  }

  private static void check(String field, JsonNode value) {
    if (TEXTS.contains(field) || NAMES.contains(field)) {
      refuseUnless(value.isTextual() || value.isNull(), field, " is a text.");
    } else if (YES_OR_NO.contains(field)) {
      boolean fits = value.isBoolean() || value.isTextual() || value.isNull();
      refuseUnless(fits, field, " is true or false.");
    } else if (field.equals(LICENSES)) {
      boolean fits = value.isNull() || value.isArray();
      for (JsonNode sku : value) {
        fits &= sku.isTextual();
      }
      refuseUnless(fits, field, " is a list of texts.");
    } else {
      throw RequestRefused.invalid(field, "There is no such field.");
    }
  }

  private static void refuseUnless(boolean fits, String field, String rule) {
    if (!fits) {
      throw RequestRefused.invalid(field, field + rule);
    }
  }

  private static RequestRefused notAnObject() {
    return RequestRefused.because(
        RequestCode.INVALID_REQUEST, "The body is a JSON object with each field once.");
  }
}

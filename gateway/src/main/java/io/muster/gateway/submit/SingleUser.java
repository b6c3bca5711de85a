package io.muster.gateway.submit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
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
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The JSON of a single call: the CSV table's columns in camelCase, checked for form only. */
final class SingleUser {
  private static final Set<String> TEXTS =
      Arrays.stream(AccountProperty.values())
          .map(AccountProperty::field)
          .collect(Collectors.toUnmodifiableSet());
  private static final String USER_PRINCIPAL_NAME = "userPrincipalName";
  private static final Set<String> NAMES = Set.of(USER_PRINCIPAL_NAME, "password", "passwordHash");
  private static final Set<String> YES_OR_NO =
      Set.of("blockSignIn", "mustChangePassword", "protected");
  private static final String LICENSES = "licenses";

  private static final ObjectReader READER =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  /** What enabling somebody may tell of them. */
  static final Set<String> SIGN_IN =
      Set.of("password", "passwordHash", "mustChangePassword", LICENSES);

  private SingleUser() {}

  /**
   * Reads the body of a call on a user that the path names.
   *
   * @param body may be empty
   * @param userPrincipalName from the path
   * @param allowed the fields that this call takes
   * @return the object with the name
   * @throws RequestRefused INVALID_REQUEST, or IMMUTABLE for another name
   */
  static ObjectNode read(byte[] body, String userPrincipalName, Set<String> allowed) {
    ObjectNode user = body.length == 0 ? JsonNodeFactory.instance.objectNode() : read(body);
    JsonNode name = user.remove(USER_PRINCIPAL_NAME);
    if (name != null
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
    return user.put(USER_PRINCIPAL_NAME, userPrincipalName);
  }

  /**
   * @return the object without its nulls
   * @throws RequestRefused INVALID_REQUEST, with the field where one is to blame
   */
  static ObjectNode read(byte[] body) {
    JsonNode json;
    try {
      json = READER.readTree(body);
    } catch (JsonProcessingException e) {
      throw notAnObject();
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory can't be read", e);
    }
    if (!(json instanceof ObjectNode user)) {
      throw notAnObject();
    }
    for (Map.Entry<String, JsonNode> field : user.properties()) {
      check(field.getKey(), field.getValue());
    }
    user.properties().removeIf(field -> field.getValue().isNull());
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

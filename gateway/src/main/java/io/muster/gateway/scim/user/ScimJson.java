package io.muster.gateway.scim.user;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.utils.JsonUtils;
import io.muster.chassis.problem.RequestRefused;
import io.muster.gateway.access.ScimErrors;
import java.io.IOException;
import java.util.Locale;
import java.util.UUID;

/**
 * SCIM's JSON: names of attributes without regard to case (RFC 7643, section 2.1), and the little
 * liberties that Entra ID and Okta take.
 */
public final class ScimJson {
  private ScimJson() {}

  /** An empty object whose names are compared without regard to case. */
  public static ObjectNode object() {
    return JsonUtils.getJsonNodeFactory().objectNode();
  }

  /**
   * @throws RequestRefused invalidSyntax
   */
  public static ObjectNode read(byte[] body) {
    try {
      JsonNode json = body.length == 0 ? null : JsonUtils.getObjectReader().readTree(body);
      if (json instanceof ObjectNode object) {
        return object;
      }
    } catch (IOException e) {
      // Refused below, without Jackson's text: it quotes the body. Bytes that are no text in any
      // encoding are not always a JsonProcessingException.
    }
    throw ScimErrors.refused("invalidSyntax", "The body is one JSON object.");
  }

  /** Whether an object names this schema. */
  public static boolean names(ObjectNode object, String schema) {
    for (JsonNode named : object.path("schemas")) {
      if (named.asText().equalsIgnoreCase(schema)) {
        return true;
      }
    }
    return false;
  }

  /**
   * @return null when there is no such attribute, or it has no value
   * @throws RequestRefused invalidValue when it is no text
   */
  public static String text(JsonNode object, String name) {
    JsonNode value = object.get(name);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isValueNode()) {
      throw invalidValue(name + " is a text.");
    }
    String text = value.asText().strip();
    return text.isEmpty() ? null : text;
  }

  /**
   * Also of "True" and "False", as Entra ID writes them.
   *
   * @return null when there is no such attribute
   * @throws RequestRefused invalidValue when it is neither true nor false
   */
  public static Boolean bool(JsonNode object, String name) {
    JsonNode value = object.get(name);
    if (value == null || value.isNull()) {
      return null;
    }
    if (value instanceof ArrayNode array && array.size() == 1) {
      value = array.get(0);
    }
    switch (value.asText().strip().toLowerCase(Locale.ROOT)) {
      case "true":
        return true;
      case "false":
        return false;
      default:
        throw invalidValue(name + " is true or false.");
    }
  }

  /** Whether a text has the form of an id. */
  public static boolean isId(String text) {
    try {
      return UUID.fromString(text).toString().equalsIgnoreCase(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  public static RequestRefused invalidValue(String detail) {
    return ScimErrors.refused("invalidValue", detail);
  }
}

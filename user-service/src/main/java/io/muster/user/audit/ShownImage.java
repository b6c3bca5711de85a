package io.muster.user.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.contracts.command.AccountProperty;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What of an image people may see: what is named here and nothing else, so that an image that comes
 * to hold more tells no secret. Ids of credentials and stamps are for the undo alone.
 */
final class ShownImage {
  private static final Set<String> SHOWN =
      Stream.concat(
              Stream.of(
                  "userPrincipalName",
                  "state",
                  "removedFrom",
                  "removedAt",
                  "purgeAt",
                  "credential",
                  "mustChangePassword",
                  "isProtected",
                  "protected",
                  "properties",
                  "licenses"),
              Stream.of(AccountProperty.values()).map(AccountProperty::field))
          .collect(Collectors.toUnmodifiableSet());

  private static final ObjectMapper JSON = new ObjectMapper();

  private ShownImage() {}

  /**
   * @param image as the table keeps it; null where there is none
   */
  static JsonNode of(String image) {
    if (image == null) {
      return null;
    }
    try {
      return shown(JSON.readTree(image));
    } catch (JsonProcessingException e) {
      // Without Jackson's text, which quotes it.
      throw new IllegalStateException("an image in the audit can't be read");
    }
  }

  private static JsonNode shown(JsonNode node) {
    if (!node.isObject()) {
      return node;
    }
    ObjectNode shown = JSON.createObjectNode();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (SHOWN.contains(field.getKey())) {
        // API.md's word; "is" is Java's.
        String name = field.getKey().equals("isProtected") ? "protected" : field.getKey();
        shown.set(name, shown(field.getValue()));
      }
    }
    return shown;
  }
}

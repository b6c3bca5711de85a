package io.muster.user.provisioning.kept;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.contracts.command.CommandId;
import io.muster.contracts.command.Stamp;
import io.muster.user.provisioning.changing.PropertySet;
import io.muster.user.provisioning.signin.SignIn;
import java.util.EnumMap;
import java.util.Map;

/** Reads what the table {@code change} keeps as JSON. Thread-safe. */
final class ReadingImages {
  private final ObjectMapper json = new ObjectMapper();

  /**
   * What a change left.
   *
   * @param reverts null when the change took nothing back
   */
  record After(KeptImage image, CommandId reverts, Map<Facet, Stamp> from) {}

  /**
   * @param text null where nothing was kept
   */
  KeptImage image(String text) {
    return image(tree(text));
  }

  /**
   * @param text null where nothing was kept
   */
  After after(String text) {
    JsonNode tree = tree(text);
    if (!tree.hasNonNull("reverts")) {
      return new After(image(tree), null, Map.of());
    }
    try {
      return new After(
          image(tree),
          json.treeToValue(tree.get("reverts"), CommandId.class),
          json.readValue(
              json.treeAsTokens(tree.get("from")), new TypeReference<EnumMap<Facet, Stamp>>() {}));
    } catch (java.io.IOException e) {
      throw unreadable();
    }
  }

  private KeptImage image(JsonNode tree) {
    try {
      return new KeptImage(
          tree.hasNonNull("stateStamp") ? json.treeToValue(tree, SignIn.class) : null,
          tree.hasNonNull("propertiesStamp") ? json.treeToValue(tree, PropertySet.class) : null);
    } catch (JsonProcessingException e) {
      throw unreadable();
    }
  }

  private JsonNode tree(String text) {
    try {
      return text == null ? json.createObjectNode() : json.readTree(text);
    } catch (JsonProcessingException e) {
      throw unreadable();
    }
  }

  /** Without the cause, whose text may quote the image. */
  private static IllegalStateException unreadable() {
    return new IllegalStateException("an image of an account can't be read");
  }
}

package io.muster.cli.operations;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.muster.cli.CommandFailed;

/**
 * A value and the way to it in a document.
 *
 * @param name keys with dots between them
 * @param value JSON; what is none is a text
 */
record Setting(String name, JsonNode value) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /** Reads {@code quotas.rows=1000}. */
  static Setting of(String word) {
    int equals = word.indexOf('=');
    String name = equals < 0 ? "" : word.substring(0, equals);
    if (!name.matches("[A-Za-z0-9]+([.][A-Za-z0-9]+)*")) {
      throw CommandFailed.wrongUsage("--set must look like name=value, not " + word + ".");
    }
    return new Setting(name, json(word.substring(equals + 1)));
  }

  private static JsonNode json(String text) {
    try {
      JsonNode value = JSON.readTree(text);
      return value.isMissingNode() ? TextNode.valueOf(text) : value;
    } catch (JsonProcessingException e) {
      return TextNode.valueOf(text);
    }
  }

  /** Changes the document there; objects on the way are made. */
  void putInto(ObjectNode document) {
    ObjectNode place = document;
    String[] keys = name.split("\\.");
    for (int i = 0; i < keys.length - 1; i++) {
      place = place.get(keys[i]) instanceof ObjectNode inner ? inner : place.putObject(keys[i]);
    }
    place.set(keys[keys.length - 1], value);
  }
}

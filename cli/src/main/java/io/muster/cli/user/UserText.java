package io.muster.cli.user;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.terminal.DisplayText;

/** A user as lines of name and value; what is empty is left out. */
final class UserText {
  private UserText() {}

  static String of(JsonNode user) {
    int widest = 0;
    for (var names = user.fieldNames(); names.hasNext(); ) {
      widest = Math.max(widest, names.next().length());
    }
    StringBuilder text = new StringBuilder();
    for (var fields = user.fields(); fields.hasNext(); ) {
      var field = fields.next();
      String value = value(field.getValue());
      if (!value.isEmpty()) {
        text.append(field.getKey()).append(" ".repeat(widest + 2 - field.getKey().length()));
        text.append(DisplayText.visible(value)).append('\n');
      }
    }
    return text.toString();
  }

  private static String value(JsonNode value) {
    if (value.isArray()) {
      StringBuilder all = new StringBuilder();
      for (JsonNode one : value) {
        all.append(all.length() == 0 ? "" : ", ").append(one.path("sku").asText(one.asText()));
      }
      return all.toString();
    }
    return value.isNull() ? "" : value.isValueNode() ? value.asText() : value.toString();
  }
}

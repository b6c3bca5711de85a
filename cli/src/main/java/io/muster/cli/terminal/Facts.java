package io.muster.cli.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * A document of the service for people, whatever a newer service adds to it: a line per value, a
 * table per list of objects (or lines, where the table is wider than the terminal), values inside
 * of objects named by the way to them.
 */
public final class Facts {
  private static final String EMPTY_LIST = "none";

  private final Map<String, String> lines = new LinkedHashMap<>();
  private final Map<String, JsonNode> tables = new LinkedHashMap<>();

  private Facts() {}

  /**
   * The lines, each ended by a line feed; what is null is left out.
   *
   * @param width columns of the terminal
   */
  public static String text(JsonNode document, int width) {
    Facts facts = new Facts();
    facts.collect("", document);
    StringBuilder text = new StringBuilder(facts.lines());
    facts.tables.forEach(
        (name, list) -> {
          text.append(text.length() == 0 ? "" : "\n");
          text.append(name.isEmpty() ? "" : DisplayText.visible(name) + ":\n");
          text.append(list(list, width));
        });
    return text.toString();
  }

  /**
   * A list of objects: a table with a column for each key that any of them has, or else their lines
   * one after the other.
   */
  public static String list(JsonNode list, int width) {
    List<Facts> items = new ArrayList<>();
    Set<String> keys = new LinkedHashSet<>();
    for (JsonNode one : list) {
      Facts item = new Facts();
      item.collect("", one);
      item.tables.forEach((name, inner) -> item.lines.put(name, inner.toString()));
      items.add(item);
      keys.addAll(item.lines.keySet());
    }
    Table table = new Table(keys.stream().map(Facts::heading).toArray(String[]::new));
    items.forEach(item -> table.row(keys.stream().map(item.lines::get).toArray()));
    return table.fits(width)
        ? table.render(width)
        : items.stream().map(Facts::lines).collect(Collectors.joining("\n"));
  }

  private void collect(String name, JsonNode value) {
    if (value.isObject()) {
      value
          .fields()
          .forEachRemaining(
              field ->
                  collect(
                      name.isEmpty() ? field.getKey() : name + "." + field.getKey(),
                      field.getValue()));
    } else if (value.isArray() && !value.isEmpty() && allObjects(value)) {
      tables.put(name, value);
    } else if (value.isArray()) {
      lines.put(name, value.isEmpty() ? EMPTY_LIST : joined(value));
    } else if (!value.isNull() && !value.isMissingNode()) {
      lines.put(name, value.asText());
    }
  }

  private static boolean allObjects(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).allMatch(JsonNode::isObject);
  }

  private static String joined(JsonNode list) {
    return String.join(
        ", ", StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList());
  }

  private String lines() {
    int widest = lines.keySet().stream().mapToInt(DisplayText::width).max().orElse(0);
    StringBuilder text = new StringBuilder();
    lines.forEach(
        (name, value) ->
            text.append(DisplayText.visible(name))
                .append(" ".repeat(widest + 2 - DisplayText.width(name)))
                .append(DisplayText.visible(value))
                .append('\n'));
    return text.toString();
  }

  /** {@code oldestAgeSeconds} as {@code OLDEST AGE SECONDS}. */
  private static String heading(String key) {
    return key.replace('.', ' ').replaceAll("(\\p{Ll})(\\p{Lu})", "$1 $2").toUpperCase(Locale.ROOT);
  }
}

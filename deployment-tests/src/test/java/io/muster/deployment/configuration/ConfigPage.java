package io.muster.deployment.configuration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The generated part of {@code docs/config.md}: a table for each config interface. */
final class ConfigPage {
  /** What stands before it is written by hand. */
  static final String BEGIN =
      "<!-- Generated from the config interfaces; see CONTRIBUTING.md. -->\n";

  private ConfigPage() {}

  /**
   * @param page as it is; what stands before the marker is kept
   */
  static String renewed(String page) {
    int begin = page.indexOf(BEGIN);
    if (begin < 0) {
      throw new IllegalStateException("docs/config.md has lost its marker: " + BEGIN);
    }
    return page.substring(0, begin) + BEGIN + generated();
  }

  private static String generated() {
    List<String> modules = new ArrayList<>(ServiceKeys.services());
    modules.addAll(ServiceKeys.SHARED);
    StringBuilder text = new StringBuilder();
    for (String module : modules) {
      List<ConfigKey> keys = ConfigSources.keysOf(module);
      if (!keys.isEmpty()) {
        text.append("\n## ").append(title(module)).append('\n');
        byInterface(keys).forEach((about, its) -> text.append(table(about, its)));
      }
    }
    return text.toString();
  }

  private static String title(String module) {
    return switch (module) {
      case "service-chassis" -> "Every service";
      case "command-inbox" -> "user-service and license-service";
      default -> module;
    };
  }

  private static Map<String, List<ConfigKey>> byInterface(List<ConfigKey> keys) {
    return keys.stream()
        .collect(
            Collectors.groupingBy(
                key -> key.about() + ": `" + key.prefix() + "`",
                LinkedHashMap::new,
                Collectors.toList()));
  }

  private static String table(String about, List<ConfigKey> keys) {
    StringBuilder text = new StringBuilder("\n### " + about + "\n\n");
    text.append("| key | type | default | what, and why |\n| --- | --- | --- | --- |\n");
    for (ConfigKey key : keys) {
      text.append(
          "| `%s` | %s | %s | %s |\n"
              .formatted(
                  key.name(), code(key.type()), byDefault(key), key.meaning().replace("|", "\\|")));
    }
    return text.toString();
  }

  private static String byDefault(ConfigKey key) {
    if (key.byDefault() != null) {
      return code(key.byDefault());
    }
    return key.optional() ? "nothing" : "**must be given**";
  }

  private static String code(String text) {
    return "`" + text.replace("|", "\\|") + "`";
  }
}

package io.muster.deployment.configuration;

import java.util.Locale;

/**
 * One key of a config interface.
 *
 * @param module whose interface it is
 * @param about the interface's first sentence
 * @param name such as {@code muster.spool.min-free-bytes}; {@code *} stands for a map's keys
 * @param type as written, without its package
 * @param byDefault the value when nothing is said; null when there is none
 * @param optional whether the service also starts without a value
 * @param meaning the method's Javadoc, in Markdown and one line
 */
public record ConfigKey(
    String module,
    String about,
    String name,
    String type,
    String byDefault,
    boolean optional,
    String meaning) {

  /** Whether the service doesn't start unless it is told. */
  public boolean isRequired() {
    return byDefault == null && !optional;
  }

  /** What stands before the last part of the name. */
  public String prefix() {
    return name.substring(0, name.lastIndexOf('.'));
  }

  /** The environment variable that sets this key: MicroProfile Config's rule. */
  public static String environmentName(String key) {
    return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }
}

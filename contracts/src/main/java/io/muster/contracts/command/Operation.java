package io.muster.contracts.command;

import java.util.Locale;
import java.util.Optional;

/**
 * What a row asks for. {@link #name()} is the word in JSON ({@code SET_PASSWORD}), {@link #word()}
 * the one in URLs, files and on the command line ({@code set-password}).
 */
public enum Operation {
  ADD,
  ENABLE,
  SET_PASSWORD,
  SET,
  REMOVE,
  RESTORE,
  DISABLE,
  SET_LICENSES;

  /** Kebab-case, as in URLs and files. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Understands both spellings without regard to case.
   *
   * @return empty for null or an unknown word
   */
  public static Optional<Operation> of(String word) {
    if (word == null) {
      return Optional.empty();
    }
    String name = word.strip().toUpperCase(Locale.ROOT).replace('-', '_');
    for (Operation operation : values()) {
      if (operation.name().equals(name)) {
        return Optional.of(operation);
      }
    }
    return Optional.empty();
  }
}

package io.muster.cli.terminal;

import java.util.Optional;

/** Whoever sits at the terminal and can be asked. */
public interface Person {
  /** True when a question would be seen and can be answered: not in scripts and pipes. */
  boolean isThere();

  /**
   * Asks for a line.
   *
   * @return empty when there is no more input
   */
  Optional<String> line(String question);

  /**
   * Asks for a line that isn't shown as it is typed.
   *
   * @return empty when there is no more input
   */
  Optional<String> secret(String question);

  /** Nobody. */
  static Person nobody() {
    return new Person() {
      @Override
      public boolean isThere() {
        return false;
      }

      @Override
      public Optional<String> line(String question) {
        return Optional.empty();
      }

      @Override
      public Optional<String> secret(String question) {
        return Optional.empty();
      }
    };
  }
}

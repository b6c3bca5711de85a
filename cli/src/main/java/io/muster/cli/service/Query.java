package io.muster.cli.service;

/** A path with its query, values encoded and absent ones left out. */
public final class Query {
  private final StringBuilder text;
  private char separator = '?';

  /** Starts at this path, which has no query yet. */
  public Query(String path) {
    this.text = new StringBuilder(path);
  }

  /**
   * Adds a parameter.
   *
   * @param value null leaves it out
   */
  public Query with(String name, Object value) {
    if (value != null) {
      text.append(separator).append(name).append('=').append(Service.encoded(value.toString()));
      separator = '&';
    }
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}

package io.muster.benchmarks.limit.compared;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Figures of a limit's own as JSON. */
final class Details {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Details() {}

  /**
   * @param figures a record
   */
  static JsonNode of(Object figures) {
    return JSON.valueToTree(figures);
  }
}

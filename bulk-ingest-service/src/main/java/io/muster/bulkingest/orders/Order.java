package io.muster.bulkingest.orders;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.muster.chassis.problem.RequestRefused;
import java.util.List;
import java.util.Map;

/**
 * What one request wants of its users, row by row, and all of the rows or none.
 *
 * @param rows in the order in which they are to be done, at least one
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Order(List<Row> rows) {
  Order {
    if (rows == null || rows.isEmpty()) {
      throw RequestRefused.invalid("rows", "Each order has at least one row.");
    }
    rows = List.copyOf(rows);
  }

  /**
   * One of them.
   *
   * @param operation its word
   * @param fields by column in camelCase, and externalId
   * @param generate false leaves an account without a credential where it has none and the row
   *     gives none
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Row(String operation, Map<String, Object> fields, boolean generate) {
    Row {
      fields = fields == null ? Map.of() : Map.copyOf(fields);
    }
  }
}

package io.muster.benchmarks.limit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Objects;

/**
 * What a part can do when it has the machine for itself, in its own unit and in rows of a scenario.
 *
 * @param name stable, such as {@code postgresql-same-tables}
 * @param unit of {@code perSecond}, in the plural, such as {@code messages}
 * @param perSecond as measured
 * @param rowsPerSecond of the scenario that this would allow; 0 = can't be told in rows
 * @param bounds the scenario can't be faster than this; false for what stands beside it, such as a
 *     loop of single calls
 * @param comparedWith one line: what exactly was measured, and how it was turned into rows
 * @param details figures of its own; never null, may be empty
 */
public record MeasuredLimit(
    String name,
    String unit,
    double perSecond,
    double rowsPerSecond,
    boolean bounds,
    String comparedWith,
    JsonNode details) {
  public MeasuredLimit {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(unit, "unit");
    Objects.requireNonNull(comparedWith, "comparedWith");
    details = details == null ? JsonNodeFactory.instance.objectNode() : details;
  }
}

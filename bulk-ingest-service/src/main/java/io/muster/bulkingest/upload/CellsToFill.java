package io.muster.bulkingest.upload;

import io.muster.bulkingest.spool.Column;
import io.muster.bulkingest.upload.header.ColumnNames;
import io.muster.chassis.problem.RequestRefused;
import java.util.Map;

/** What {@code set=Column=Value} asks for: values for empty cells. */
final class CellsToFill {
  private CellsToFill() {}

  /**
   * @param asked by column as written
   * @return by {@link Column#ordinal()}, null where nothing is to be filled in
   * @throws RequestRefused INVALID_REQUEST for an unknown column, and for one that is a person's
   *     own
   */
  static String[] of(Map<String, String> asked) {
    String[] values = new String[Column.all().size()];
    asked.forEach(
        (name, value) -> {
          Column column =
              ColumnNames.find(name)
                  .map(ColumnNames.Found::column)
                  .orElseThrow(
                      () ->
                          RequestRefused.invalid(
                              "set", "No column is known under a name that set gives."));
          if (column == Column.USER_PRINCIPAL_NAME || column.isSecret()) {
            throw RequestRefused.invalid(
                "set", "set can't fill " + column.canonical() + ": it is each person's own.");
          }
          String fault = value.isEmpty() ? null : ValueRules.fault(column, value);
          if (fault != null) {
            throw RequestRefused.invalid("set", fault);
          }
          values[column.ordinal()] = value.isEmpty() ? null : value;
        });
    return values;
  }
}

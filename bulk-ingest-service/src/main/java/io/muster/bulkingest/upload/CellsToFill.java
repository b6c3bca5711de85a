package io.muster.bulkingest.upload;

import io.muster.bulkingest.spool.Column;
import io.muster.bulkingest.upload.header.ColumnNames;
import io.muster.bulkingest.upload.rule.PropertyRules;
import io.muster.bulkingest.upload.rule.ValueRules;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.command.Operation;
import java.util.EnumMap;
import java.util.Map;

/** What {@code set=Column=Value} asks for: values for empty cells. */
final class CellsToFill {
  private CellsToFill() {}

  /**
   * @param asked by column as written
   * @return by {@link Column#ordinal()}, null where nothing is to be filled in
   * @throws RequestRefused INVALID_REQUEST for an unknown column, one that is a person's own, and
   *     one that is asked for under two names
   */
  static String[] of(Map<String, String> asked) {
    String[] values = new String[Column.all().size()];
    Map<Column, String> names = new EnumMap<>(Column.class);
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
          String other = names.put(column, name);
          if (other != null) {
            throw RequestRefused.invalid("set", twice(column, other, name));
          }
          String fault = value.isEmpty() ? null : fault(column, value);
          if (fault != null) {
            throw RequestRefused.invalid("set", fault);
          }
          values[column.ordinal()] = value.isEmpty() ? null : value;
        });
    return values;
  }

  /** Which of the two was meant nobody knows; told in one order however they came. */
  private static String twice(Column column, String one, String other) {
    return (one.compareTo(other) < 0 ? one + " and " + other : other + " and " + one)
        + " are both "
        + column.canonical()
        + ": give set one value for it.";
  }

  /** Of what may be right in some row; each row is judged with what it is filled with. */
  private static String fault(Column column, String value) {
    if (column == Column.ACTION && Operation.of(value).isEmpty()) {
      return "Action is an operation, set=Action=remove for instance.";
    }
    return PropertyRules.clears(Operation.SET, column, value)
        ? null
        : ValueRules.fault(column, value);
  }
}

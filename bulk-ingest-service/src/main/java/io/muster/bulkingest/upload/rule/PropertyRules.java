package io.muster.bulkingest.upload.rule;

import io.muster.bulkingest.spool.Column;
import io.muster.bulkingest.spool.RowRefusal;
import io.muster.contracts.command.Operation;

/** Properties of an account, as {@code add} gives and {@code set} changes them. */
public final class PropertyRules {
  /** In a {@code set} row: the property becomes empty. */
  private static final String CLEARED = "-";

  private static final int DISPLAY = Column.DISPLAY_NAME.ordinal();

  private PropertyRules() {}

  /** Whether the value orders the property to become empty, and so needs no further look. */
  public static boolean clears(Operation operation, Column column, String value) {
    return operation == Operation.SET && column.property() != null && value.equals(CLEARED);
  }

  /**
   * Makes up what may be left out of a new account.
   *
   * @param values by {@link Column#ordinal()}
   */
  public static RowRefusal completed(String[] values) {
    if (values[DISPLAY] == null) {
      values[DISPLAY] =
          joined(values[Column.FIRST_NAME.ordinal()], values[Column.LAST_NAME.ordinal()]);
    }
    return values[DISPLAY] != null
        ? null
        : RowFaults.missing(
            Column.DISPLAY_NAME, "DisplayName is missing: fill it in, or first or last name.");
  }

  /** What a change may not do. */
  public static RowRefusal changed(String[] values) {
    return CLEARED.equals(values[DISPLAY])
        ? RowFaults.invalid(
            Column.DISPLAY_NAME,
            "DisplayName can't be cleared, every account has one: write it, or leave it empty to"
                + " let it be.")
        : null;
  }

  private static String joined(String first, String last) {
    if (first == null || last == null) {
      return first == null ? last : first;
    }
    return first + ' ' + last;
  }
}

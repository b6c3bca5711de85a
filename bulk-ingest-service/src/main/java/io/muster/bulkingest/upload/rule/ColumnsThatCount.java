package io.muster.bulkingest.upload.rule;

import io.muster.bulkingest.spool.Column;
import io.muster.contracts.command.Operation;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which columns have an effect on a row, by the row's operation. What a row holds in another one is
 * neither judged nor done, and told in a notice. docs/csv.md shows the table.
 */
public final class ColumnsThatCount {
  private static final Set<Column> PASSWORDS =
      EnumSet.of(Column.PASSWORD, Column.PASSWORD_HASH, Column.MUST_CHANGE_PASSWORD);

  private static final Map<Operation, Set<Column>> COUNT = new EnumMap<>(Operation.class);
  private static final Map<Operation, List<Column>> IGNORED = new EnumMap<>(Operation.class);

  static {
    Set<Column> properties = EnumSet.noneOf(Column.class);
    Column.all().stream().filter(column -> column.property() != null).forEach(properties::add);
    for (Operation operation : Operation.values()) {
      Set<Column> count = EnumSet.of(Column.USER_PRINCIPAL_NAME, Column.ACTION);
      switch (operation) {
        case ADD -> {
          count.addAll(properties);
          count.addAll(PASSWORDS);
          count.add(Column.BLOCK_SIGN_IN);
          count.add(Column.PROTECTED);
        }
        case ENABLE -> {
          count.addAll(PASSWORDS);
          count.add(Column.LICENSES);
        }
        case SET_PASSWORD -> count.addAll(PASSWORDS);
        case SET -> {
          count.addAll(properties);
          count.add(Column.PROTECTED);
        }
        case SET_LICENSES -> count.add(Column.LICENSES);
        case REMOVE, RESTORE, DISABLE -> {}
      }
      COUNT.put(operation, count);
      IGNORED.put(operation, List.copyOf(EnumSet.complementOf(EnumSet.copyOf(count))));
    }
  }

  private ColumnsThatCount() {}

  /** Whether what a row of that operation holds there has an effect. */
  public static boolean count(Operation operation, Column column) {
    return COUNT.get(operation).contains(column);
  }

  /** All others, in the order of the columns. */
  public static List<Column> ignored(Operation operation) {
    return IGNORED.get(operation);
  }
}

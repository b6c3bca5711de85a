package io.muster.bulkingest.upload;

import io.muster.bulkingest.spool.Column;
import io.muster.bulkingest.spool.RowRefusal;
import io.muster.bulkingest.spool.SpooledRow;
import io.muster.chassis.access.Roles;
import io.muster.chassis.password.PasswordPolicy;
import io.muster.contracts.command.Operation;
import io.muster.contracts.result.RowCode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Judges one row by its own cells: what needs no look at accounts. Files and single calls are
 * judged by the same rules. Thread-safe.
 */
public final class RowRules {
  /** What failures.csv holds in place of a given password. */
  static final String ENTER_AGAIN = "(enter again)";

  private static final List<Column> SECRETS =
      Column.all().stream().filter(Column::isSecret).toList();

  private static final Set<Operation> OPEN = EnumSet.of(Operation.ADD, Operation.ENABLE);

  private static final int UPN = Column.USER_PRINCIPAL_NAME.ordinal();

  private final PasswordPolicy passwords;

  public RowRules(PasswordPolicy passwords) {
    this.passwords = passwords;
  }

  /**
   * Who asks for what in all rows.
   *
   * @param operation of a row that has no Action
   * @param roles the submitter's
   * @param licenses added to each row's own
   * @param seal for given passwords
   */
  public record Asked(
      Operation operation, Set<String> roles, List<String> licenses, PasswordSeal seal) {
    public Asked {
      roles = Set.copyOf(roles);
      licenses = List.copyOf(licenses);
    }

    private boolean isTenantAdmin() {
      return roles.contains(Roles.TENANT_ADMIN);
    }
  }

  /** Judges a single call's row. */
  public SpooledRow judge(long row, Map<Column, String> cells, Asked asked) {
    String[] byColumn = new String[Column.all().size()];
    cells.forEach((column, cell) -> byColumn[column.ordinal()] = cell);
    return judge(row, byColumn, asked, new String[byColumn.length]);
  }

  /**
   * Judges a file's row.
   *
   * @param cells as read, by {@link Column#ordinal()}, null for absent; handed over
   * @param fill what empty cells become, likewise
   */
  SpooledRow judge(long row, String[] cells, Asked asked, String[] fill) {
    String[] values = new String[cells.length];
    RowRefusal firstFault = null;
    for (Column column : Column.all()) {
      int i = column.ordinal();
      String cell = cells[i];
      if (cell == null || cell.isEmpty()) {
        values[i] = fill[i];
        continue;
      }
      String value = cell;
      if (!column.isSecret()) {
        cells[i] = Cell.withoutGuard(cell);
        value = Cell.trimmed(cells[i]);
        if (value.isEmpty()) {
          values[i] = fill[i];
          continue;
        }
      }
      values[i] = value;
      if (firstFault == null && i != UPN) {
        String fault = ValueRules.fault(column, value);
        firstFault = fault == null ? null : invalid(column, fault);
      }
    }
    return decide(row, cells, values, asked, firstFault);
  }

  private SpooledRow decide(
      long row, String[] cells, String[] values, Asked asked, RowRefusal firstFault) {
    String action = values[Column.ACTION.ordinal()];
    Operation operation = action == null ? asked.operation() : Operation.of(action).orElse(null);
    RowRefusal refusal = operationFault(operation);
    if (refusal == null) {
      refusal = nameFault(values[UPN]);
    }
    if (refusal == null) {
      refusal = firstFault;
    }
    if (refusal == null && operation == Operation.ADD) {
      refusal = addFault(values, asked);
    }
    if (refusal == null) {
      refusal = passwordFault(operation, values);
    }
    String password = values[Column.PASSWORD.ordinal()];
    hideSecrets(cells, values);
    if (refusal == null && password != null) {
      // In the spool a password is what user-service alone can read; nobody else ever sees it.
      values[Column.PASSWORD.ordinal()] = asked.seal().seal(values[UPN], password);
    }
    String location = values[Column.USAGE_LOCATION.ordinal()];
    if (location != null) {
      values[Column.USAGE_LOCATION.ordinal()] = location.toUpperCase(Locale.ROOT);
    }
    if (Boolean.FALSE.equals(yesOrNo(values, Column.MUST_CHANGE_PASSWORD))) {
      values[Column.MUST_CHANGE_PASSWORD.ordinal()] = SpooledRow.NO;
    }
    boolean active = Boolean.FALSE.equals(yesOrNo(values, Column.BLOCK_SIGN_IN));
    return new SpooledRow(
        row,
        operation,
        cells,
        values,
        active,
        yesOrNo(values, Column.PROTECTED),
        operation == Operation.ENABLE ? licenses(values, asked) : List.of(),
        refusal);
  }

  /** SKUs of a row, its own before the upload's, each once; also where they have no effect. */
  static List<String> licenses(SpooledRow row, Asked asked) {
    return licenses(row.value(Column.LICENSES), asked);
  }

  private static List<String> licenses(String[] values, Asked asked) {
    return licenses(values[Column.LICENSES.ordinal()], asked);
  }

  private static List<String> licenses(String cell, Asked asked) {
    if (cell == null) {
      return asked.licenses();
    }
    List<String> licenses = new ArrayList<>();
    for (String part : cell.split(";", -1)) {
      String sku = part.strip();
      if (!sku.isEmpty() && !licenses.contains(sku)) {
        licenses.add(sku);
      }
    }
    for (String sku : asked.licenses()) {
      if (!licenses.contains(sku)) {
        licenses.add(sku);
      }
    }
    return licenses;
  }

  private static RowRefusal operationFault(Operation operation) {
    if (operation == null) {
      return invalid(
          Column.ACTION,
          "Action is one of add, enable, set-password, set, remove, restore, disable and"
              + " set-licenses.");
    }
    if (!OPEN.contains(operation)) {
      return new RowRefusal(
          RowCode.OPERATION_NOT_ALLOWED,
          operation.word()
              + " isn't open in this release, it comes with a later one: take the row out.",
          Column.ACTION);
    }
    return null;
  }

  private static RowRefusal nameFault(String name) {
    if (name == null) {
      return missing(Column.USER_PRINCIPAL_NAME, "UserPrincipalName is missing: fill it in.");
    }
    String damage = ValueRules.faultOfText(Column.USER_PRINCIPAL_NAME, name);
    if (damage != null) {
      return invalid(Column.USER_PRINCIPAL_NAME, damage);
    }
    String fault = NameRule.fault(name);
    return fault == null
        ? null
        : new RowRefusal(RowCode.INVALID_USER_PRINCIPAL_NAME, fault, Column.USER_PRINCIPAL_NAME);
  }

  private RowRefusal addFault(String[] values, Asked asked) {
    int display = Column.DISPLAY_NAME.ordinal();
    if (values[display] == null) {
      values[display] =
          joined(values[Column.FIRST_NAME.ordinal()], values[Column.LAST_NAME.ordinal()]);
    }
    if (values[display] == null) {
      return missing(
          Column.DISPLAY_NAME, "DisplayName is missing: fill it in, or first or last name.");
    }
    if (Boolean.TRUE.equals(yesOrNo(values, Column.PROTECTED)) && !asked.isTenantAdmin()) {
      return new RowRefusal(
          RowCode.OPERATION_NOT_ALLOWED,
          "Only a tenant administrator may set Protected: leave it empty.",
          Column.PROTECTED);
    }
    return null;
  }

  private RowRefusal passwordFault(Operation operation, String[] values) {
    String password = values[Column.PASSWORD.ordinal()];
    String hash = values[Column.PASSWORD_HASH.ordinal()];
    if (ENTER_AGAIN.equals(password) || ENTER_AGAIN.equals(hash)) {
      Column column = ENTER_AGAIN.equals(password) ? Column.PASSWORD : Column.PASSWORD_HASH;
      return missing(
          column,
          column.canonical()
              + " isn't kept, so "
              + ENTER_AGAIN
              + " stands in its place: write it there again, or leave it empty.");
    }
    if (password != null) {
      Optional<String> weakness = passwords.weakness(password, values[UPN]);
      if (weakness.isPresent()) {
        return new RowRefusal(RowCode.PASSWORD_TOO_WEAK, weakness.get(), Column.PASSWORD);
      }
    }
    return hash == null
        ? null
        : new RowRefusal(
            RowCode.OPERATION_NOT_ALLOWED,
            operation.word()
                + " takes no PasswordHash in this release: leave it empty, and give a Password"
                + " where one is wanted.",
            Column.PASSWORD_HASH);
  }

  /** From here on nobody can let one slip out. */
  private static void hideSecrets(String[] cells, String[] values) {
    for (Column column : SECRETS) {
      int i = column.ordinal();
      if (cells[i] != null && !cells[i].isEmpty()) {
        cells[i] = ENTER_AGAIN;
      }
      values[i] = null;
    }
  }

  private static String joined(String first, String last) {
    if (first == null || last == null) {
      return first == null ? last : first;
    }
    return first + ' ' + last;
  }

  private static Boolean yesOrNo(String[] values, Column column) {
    String word = values[column.ordinal()];
    return word == null ? null : YesOrNo.of(word);
  }

  private static RowRefusal invalid(Column column, String detail) {
    return new RowRefusal(RowCode.INVALID_VALUE, detail, column);
  }

  private static RowRefusal missing(Column column, String detail) {
    return new RowRefusal(RowCode.MISSING_VALUE, detail, column);
  }
}

package io.muster.bulkingest.upload;

import io.muster.bulkingest.spool.Column;
import io.muster.bulkingest.spool.RowRefusal;
import io.muster.bulkingest.spool.SpooledRow;
import io.muster.bulkingest.upload.rule.AllowedDomains;
import io.muster.bulkingest.upload.rule.Cell;
import io.muster.bulkingest.upload.rule.ColumnsThatCount;
import io.muster.bulkingest.upload.rule.LicensesOfARow;
import io.muster.bulkingest.upload.rule.PasswordRules;
import io.muster.bulkingest.upload.rule.PropertyRules;
import io.muster.bulkingest.upload.rule.RowFaults;
import io.muster.bulkingest.upload.rule.ValueRules;
import io.muster.bulkingest.upload.rule.YesOrNo;
import io.muster.chassis.access.Roles;
import io.muster.chassis.password.PasswordPolicy;
import io.muster.contracts.command.Operation;
import io.muster.contracts.result.RowCode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Judges one row by its own cells: what needs no look at accounts. Files and single calls are
 * judged by the same rules, each row by those of its own operation. Thread-safe.
 */
public final class RowRules {
  private static final int UPN = Column.USER_PRINCIPAL_NAME.ordinal();
  private static final int PASSWORD = Column.PASSWORD.ordinal();
  private static final int HASH = Column.PASSWORD_HASH.ordinal();
  private static final int MUST_CHANGE = Column.MUST_CHANGE_PASSWORD.ordinal();
  private static final int LOCATION = Column.USAGE_LOCATION.ordinal();
  private static final int LICENSES = Column.LICENSES.ordinal();

  private final PasswordRules passwords;

  public RowRules(PasswordPolicy policy) {
    this.passwords = new PasswordRules(policy);
  }

  /**
   * Who asks for what in all rows.
   *
   * @param operation of a row that has no Action
   * @param roles the submitter's
   * @param licenses added to each row's own, with enable and set-licenses
   * @param domains that new users may have
   * @param seal for given passwords
   */
  public record Asked(
      Operation operation,
      Set<String> roles,
      List<String> licenses,
      AllowedDomains domains,
      PasswordSeal seal) {
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
    for (Column column : Column.all()) {
      int i = column.ordinal();
      String value = value(column, cells);
      values[i] = value == null ? fill[i] : value;
    }
    String action = values[Column.ACTION.ordinal()];
    Operation operation = action == null ? asked.operation() : Operation.of(action).orElse(null);
    RowRefusal refusal = fault(operation, values, asked);
    String password = values[PASSWORD];
    String hash = values[HASH];
    PasswordRules.hide(cells, values);
    if (operation != null) {
      letGoOfWhatDoesNotCount(operation, values);
    }
    if (refusal == null && ColumnsThatCount.count(operation, Column.PASSWORD)) {
      // In the spool a password is what user-service alone can read; nobody else ever sees it.
      values[PASSWORD] = password == null ? null : asked.seal().seal(values[UPN], password);
      values[HASH] = hash == null ? null : asked.seal().seal(values[UPN], hash);
    }
    if (values[LOCATION] != null) {
      values[LOCATION] = values[LOCATION].toUpperCase(Locale.ROOT);
    }
    if (Boolean.FALSE.equals(yesOrNo(values, Column.MUST_CHANGE_PASSWORD))) {
      values[MUST_CHANGE] = SpooledRow.NO;
    }
    return new SpooledRow(
        row,
        operation,
        cells,
        values,
        Boolean.FALSE.equals(yesOrNo(values, Column.BLOCK_SIGN_IN)),
        yesOrNo(values, Column.PROTECTED),
        LicensesOfARow.of(operation, values[LICENSES], asked.licenses()),
        refusal);
  }

  /** What was meant by a cell: blanks around it taken off, but never those of a password. */
  private static String value(Column column, String[] cells) {
    int i = column.ordinal();
    String cell = cells[i];
    if (cell == null || cell.isEmpty()) {
      return null;
    }
    if (i == PASSWORD) {
      return cell;
    }
    String value = Cell.trimmed(cell);
    return value.isEmpty() ? null : value;
  }

  private RowRefusal fault(Operation operation, String[] values, Asked asked) {
    RowRefusal refusal = RowFaults.ofOperation(operation, asked.roles());
    if (refusal == null) {
      refusal = RowFaults.ofName(values[UPN]);
    }
    if (refusal == null) {
      refusal = valueFault(operation, values);
    }
    if (refusal == null) {
      refusal = protectedFault(values, asked);
    }
    if (refusal == null) {
      refusal =
          switch (operation) {
            case ADD -> newUserFault(values, asked);
            case SET -> PropertyRules.changed(values);
            case ENABLE, SET_LICENSES -> LicensesOfARow.fault(operation, values[LICENSES]);
            case SET_PASSWORD, REMOVE, RESTORE, DISABLE -> null;
          };
    }
    return refusal == null && ColumnsThatCount.count(operation, Column.PASSWORD)
        ? passwords.fault(values)
        : refusal;
  }

  /** The first column whose value can't be. */
  private static RowRefusal valueFault(Operation operation, String[] values) {
    for (Column column : Column.all()) {
      String value = values[column.ordinal()];
      if (value == null
          || column == Column.USER_PRINCIPAL_NAME
          || !ColumnsThatCount.count(operation, column)
          || PropertyRules.clears(operation, column, value)) {
        continue;
      }
      String fault = ValueRules.fault(column, value);
      if (fault != null) {
        return RowFaults.invalid(column, fault);
      }
    }
    return null;
  }

  private static RowRefusal protectedFault(String[] values, Asked asked) {
    return !asked.isTenantAdmin() && Boolean.TRUE.equals(yesOrNo(values, Column.PROTECTED))
        ? new RowRefusal(
            RowCode.OPERATION_NOT_ALLOWED,
            "Only a tenant administrator may set Protected: leave it empty.",
            Column.PROTECTED)
        : null;
  }

  private static RowRefusal newUserFault(String[] values, Asked asked) {
    RowRefusal domain = asked.domains().fault(values[UPN]);
    return domain == null ? PropertyRules.completed(values) : domain;
  }

  private static void letGoOfWhatDoesNotCount(Operation operation, String[] values) {
    for (Column column : ColumnsThatCount.ignored(operation)) {
      values[column.ordinal()] = null;
    }
  }

  private static Boolean yesOrNo(String[] values, Column column) {
    String word = values[column.ordinal()];
    return word == null ? null : YesOrNo.of(column, word);
  }
}

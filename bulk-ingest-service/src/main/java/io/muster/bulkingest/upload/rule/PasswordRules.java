package io.muster.bulkingest.upload.rule;

import io.muster.bulkingest.spool.Column;
import io.muster.bulkingest.spool.RowRefusal;
import io.muster.chassis.password.PasswordHashFormat;
import io.muster.chassis.password.PasswordPolicy;
import io.muster.contracts.result.RowCode;
import java.util.List;
import java.util.Optional;

/** What a given password or hash must be, and how both are kept out of what was written. */
public final class PasswordRules {
  /** What failures.csv holds in place of a given password or hash. */
  public static final String ENTER_AGAIN = "(enter again)";

  private static final List<Column> SECRETS =
      Column.all().stream().filter(Column::isSecret).toList();
  private static final int PASSWORD = Column.PASSWORD.ordinal();
  private static final int HASH = Column.PASSWORD_HASH.ordinal();

  private final PasswordPolicy policy;

  public PasswordRules(PasswordPolicy policy) {
    this.policy = policy;
  }

  /**
   * @param values by {@link Column#ordinal()}
   * @return null when there is neither, or one that can be taken
   */
  public RowRefusal fault(String[] values) {
    String password = values[PASSWORD];
    String hash = values[HASH];
    if (ENTER_AGAIN.equals(password) || ENTER_AGAIN.equals(hash)) {
      Column column = ENTER_AGAIN.equals(password) ? Column.PASSWORD : Column.PASSWORD_HASH;
      return RowFaults.missing(
          column,
          column.canonical()
              + " isn't kept, so "
              + ENTER_AGAIN
              + " stands in its place: write it there again, or leave it empty.");
    }
    if (password != null && hash != null) {
      return RowFaults.invalid(
          Column.PASSWORD_HASH,
          "PasswordHash and Password are both given, and only one can count: leave one empty.");
    }
    if (password != null) {
      Optional<String> weakness =
          policy.weakness(password, values[Column.USER_PRINCIPAL_NAME.ordinal()]);
      return weakness
          .map(why -> new RowRefusal(RowCode.PASSWORD_TOO_WEAK, why, Column.PASSWORD))
          .orElse(null);
    }
    return hash == null
        ? null
        : PasswordHashFormat.fault(hash)
            .map(
                why -> new RowRefusal(RowCode.UNSUPPORTED_PASSWORD_HASH, why, Column.PASSWORD_HASH))
            .orElse(null);
  }

  /**
   * From here on nobody can let one slip out. Where a hash stood, Password says so as well:
   * failures.csv asks for one of both under that name.
   */
  public static void hide(String[] cells, String[] values) {
    for (Column column : SECRETS) {
      int i = column.ordinal();
      if (cells[i] != null && !cells[i].isEmpty()) {
        cells[i] = ENTER_AGAIN;
      }
      values[i] = null;
    }
    if (cells[HASH] != null && !cells[HASH].isEmpty()) {
      cells[PASSWORD] = ENTER_AGAIN;
    }
  }
}

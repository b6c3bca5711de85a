package io.muster.bulkingest.upload;

import io.muster.bulkingest.spool.Column;
import io.muster.bulkingest.spool.SpooledRow;
import io.muster.contracts.command.Operation;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Judges one row by its own cells: what needs no look at accounts. Files and single calls are
 * judged by the same rules. Thread-safe.
 */
public final class RowRules {
  public RowRules(PasswordPolicy passwords) {}

  /**
   * Who asks for what in all rows.
   *
   * @param operation of a row that has no Action
   * @param roles the submitter's
   * @param licenses added to each row's own
   */
  public record Asked(Operation operation, Set<String> roles, List<String> licenses) {
    public Asked {
      roles = Set.copyOf(roles);
      licenses = List.copyOf(licenses);
    }
  }

  /** Judges a single call's row. */
  public SpooledRow judge(long row, Map<Column, String> cells, Asked asked) {
    throw new UnsupportedOperationException();
  }
}

package io.muster.bulkingest.upload;

import io.muster.bulkingest.spool.Column;
import io.muster.bulkingest.spool.SpooledRow;
import io.muster.bulkingest.upload.rule.ColumnsThatCount;
import io.muster.contracts.command.Operation;
import io.muster.contracts.job.JobSnapshot.Notice;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Counts what accepted rows hold in columns that have no effect on them: an administrator is told,
 * whatever the reason was to write it there. One thread.
 */
public final class IgnoredColumns {
  private final String[] fill;
  private final boolean uploadHasLicenses;
  private final long[] rows = new long[Column.all().size()];
  private final List<Set<Operation>> operations = new ArrayList<>();
  private long mustChangeAnyway;

  /**
   * @param fill what empty cells become, by {@link Column#ordinal()}
   * @param licenses the upload's
   */
  IgnoredColumns(String[] fill, List<String> licenses) {
    this.fill = fill;
    this.uploadHasLicenses = !licenses.isEmpty();
    Column.all().forEach(column -> operations.add(EnumSet.noneOf(Operation.class)));
  }

  /** Notices on a single call's row. */
  public static List<Notice> of(SpooledRow row) {
    IgnoredColumns one = new IgnoredColumns(new String[Column.all().size()], List.of());
    one.see(row);
    return one.notices();
  }

  void see(SpooledRow row) {
    for (Column column : ColumnsThatCount.ignored(row.operation())) {
      if (isGiven(row, column)) {
        rows[column.ordinal()]++;
        operations.get(column.ordinal()).add(row.operation());
      }
    }
    mustChangeAnyway += row.mustChangePassword() || row.sealedPassword() != null ? 0 : 1;
  }

  private boolean isGiven(SpooledRow row, Column column) {
    String cell = row.cell(column);
    return cell != null && !cell.isBlank()
        || fill[column.ordinal()] != null
        || column == Column.LICENSES && uploadHasLicenses;
  }

  /** One for each column, with the rows that have something there. */
  List<Notice> notices() {
    List<Notice> notices = new ArrayList<>();
    for (Column column : Column.all()) {
      long count = rows[column.ordinal()];
      if (count > 0) {
        notices.add(notice(column, count, operations.get(column.ordinal())));
      }
    }
    if (mustChangeAnyway > 0) {
      notices.add(
          new Notice(
              "COLUMN_IGNORED",
              mustChangeAnyway,
              "MustChangePassword has no effect where no password is given: a generated one must"
                  + " always be changed"));
    }
    return notices;
  }

  private static Notice notice(Column column, long count, Set<Operation> by) {
    String words = by.stream().map(Operation::word).collect(Collectors.joining(", "));
    return column == Column.LICENSES
        ? new Notice(
            "LICENSES_IGNORED", count, words + (by.size() > 1 ? " take" : " takes") + " no seats")
        : new Notice("COLUMN_IGNORED", count, column.canonical() + " has no effect with " + words);
  }
}

package io.muster.bulkingest.upload;

import io.muster.bulkingest.spool.Column;
import io.muster.bulkingest.spool.RowRefusal;
import io.muster.bulkingest.spool.SpooledRow;
import io.muster.bulkingest.upload.header.HeaderLine;
import io.muster.bulkingest.upload.text.RowSplitter;
import io.muster.chassis.csv.SafeCell;
import io.muster.contracts.command.Operation;
import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.result.RowCode;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A file's data rows, judged one after the other and counted. One thread. */
final class RowsOfAFile {
  private final RowSplitter rows;
  private final HeaderLine header;
  private final UploadLimits limits;
  private final RowRules rules;
  private final RowRules.Asked asked;
  private final String[] fill;

  /** Of a row that can't be read: the upload's, unless each row has its own. */
  private final Operation operationOfAll;

  private final IgnoredColumns ignored;
  private final Map<Operation, Long> operations = new EnumMap<>(Operation.class);
  private long total;
  private long givenPasswords;
  private boolean holdsSecrets;
  private long commands;

  RowsOfAFile(
      RowSplitter rows,
      HeaderLine header,
      UploadLimits limits,
      RowRules rules,
      UploadRequest request,
      String[] fill,
      PasswordSeal seal) {
    this.rows = rows;
    this.header = header;
    this.limits = limits;
    this.rules = rules;
    this.asked =
        new RowRules.Asked(
            request.operation(),
            request.roles(),
            request.licenses(),
            request.allowance().domains(),
            seal);
    this.ignored = new IgnoredColumns(fill, request.licenses());
    this.fill = fill;
    this.operationOfAll =
        header.has(Column.ACTION) || fill[Column.ACTION.ordinal()] != null
            ? null
            : request.operation();
  }

  /**
   * @return null after the last row
   */
  SpooledRow next() throws IOException {
    if (!rows.next()) {
      return null;
    }
    total++;
    RowRefusal malformed = malformed();
    SpooledRow row =
        malformed != null
            ? SpooledRow.malformed(total, operationOfAll, malformed)
            : rules.judge(total, cells(), asked, fill);
    if (row.operation() != null) {
      operations.merge(row.operation(), 1L, Long::sum);
    }
    if (!row.isRefused()) {
      commands += row.parts().size();
      givenPasswords += row.sealedPassword() == null || row.passwordIsHash() ? 0 : 1;
      holdsSecrets |= row.sealedPassword() != null;
      ignored.see(row);
    }
    return row;
  }

  /** Data rows so far. */
  long total() {
    return total;
  }

  /** What the accepted rows so far ask of all services. */
  long commands() {
    return commands;
  }

  /** Accepted rows with a password to be hashed so far. */
  long givenPasswords() {
    return givenPasswords;
  }

  /** Whether an accepted row so far has a password or a hash. */
  boolean holdsSecrets() {
    return holdsSecrets;
  }

  Map<Operation, Long> operations() {
    return operations;
  }

  List<JobSnapshot.Notice> notices() {
    return ignored.notices();
  }

  private String[] cells() {
    String[] cells = new String[Column.all().size()];
    int count = Math.min(header.size(), rows.fields());
    for (int i = 0; i < count; i++) {
      Column column = header.column(i);
      if (column != null) {
        String field = rows.field(i);
        // What spreadsheets need and no caller writes; a password is taken as it stands.
        cells[column.ordinal()] = column == Column.PASSWORD ? field : SafeCell.text(field);
      }
    }
    if (header.hashFunction() >= 0 && !rows.field(header.hashFunction()).isBlank()) {
      asHash(cells);
    }
    return cells;
  }

  /** What the file calls a hash must not become the password itself. */
  private static void asHash(String[] cells) {
    int hash = Column.PASSWORD_HASH.ordinal();
    int password = Column.PASSWORD.ordinal();
    if (cells[hash] == null || cells[hash].isEmpty()) {
      cells[hash] = cells[password];
      cells[password] = null;
    }
  }

  private RowRefusal malformed() {
    if (rows.fault() != null) {
      return malformed(
          switch (rows.fault()) {
            case UNCLOSED_QUOTE ->
                "A quote is opened and not closed: close it, or double it where it is meant as a"
                    + " letter. Reading went on at the next line.";
            case TEXT_AFTER_QUOTE ->
                "Text follows a closing quote: put the whole field in quotes and double the quotes"
                    + " inside it. Reading went on at the next line.";
            case ROW_TOO_LONG ->
                "The row is longer than " + limits.maxRowBytes() + " bytes, the limit for a row.";
          });
    }
    if (rows.lastWithText() >= header.size()) {
      return malformed(
          "The row has "
              + (rows.lastWithText() + 1)
              + " fields under "
              + header.size()
              + " headers: quote the fields that hold the delimiter, or take the extra ones out.");
    }
    int overlong = rows.overlongField();
    if (overlong >= 0) {
      Column column = header.column(overlong);
      return new RowRefusal(
          RowCode.INVALID_VALUE,
          (column == null ? "Field " + (overlong + 1) : column.canonical())
              + " is longer than "
              + limits.maxFieldBytes()
              + " bytes, the limit for a field.",
          column);
    }
    return null;
  }

  private static RowRefusal malformed(String detail) {
    return new RowRefusal(RowCode.MALFORMED_ROW, detail, null);
  }
}

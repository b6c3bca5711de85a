package io.muster.bulkingest.spool;

import io.muster.contracts.command.AccountProperty;
import io.muster.contracts.command.Operation;
import io.muster.contracts.command.Part;
import io.muster.contracts.job.WrittenRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A row as the spool keeps it: what was written, secrets left out, and what is to be done. A row
 * that was refused for its form (MALFORMED_ROW) holds number and refusal only.
 *
 * <p>Made of arrays by column, so that reading millions of them stays cheap; whoever makes one
 * hands the arrays over.
 */
public final class SpooledRow {
  /** What takes effect in a column of yes and no, whatever word was written. */
  public static final String NO = "No";

  private static final Set<Part> USER_ALONE = Set.of(Part.USER);
  private static final Set<Part> USER_AND_LICENSE = Set.of(Part.USER, Part.LICENSE);

  private final long row;
  private final Operation operation;
  private final String[] cells;
  private final String[] values;
  private final boolean active;
  private final Boolean protectedAccount;
  private final List<String> licenses;
  private final RowRefusal refusal;
  private long parentRow;
  private long revertedRow;
  private boolean create;
  private boolean generates = true;
  private String externalId;

  /**
   * @param row the data row's number, from 1
   * @param operation null when it could not be told
   * @param cells what was written, by {@link Column#ordinal()}, null for absent; secrets are never
   *     among them
   * @param values what takes effect, likewise: where a cell is filled in, made up or trimmed it
   *     differs from what was written; a given password, or its hash, stands here as sealed for
   *     user-service; null where a column has no effect on this operation
   * @param active with ADD: create the account ACTIVE
   * @param protectedAccount the row's Protected; null where it says nothing
   * @param licenses SKUs that take effect: with ENABLE those whose seats are taken, never null;
   *     with SET_LICENSES the exact set, null where the row leaves them alone; empty with all
   *     others
   * @param refusal null when the row was accepted
   */
  public SpooledRow(
      long row,
      Operation operation,
      String[] cells,
      String[] values,
      boolean active,
      Boolean protectedAccount,
      List<String> licenses,
      RowRefusal refusal) {
    this.row = row;
    this.operation = operation;
    this.cells = cells;
    this.values = values;
    this.active = active;
    this.protectedAccount = protectedAccount;
    this.licenses = licenses == null ? null : List.copyOf(licenses);
    this.refusal = refusal;
  }

  /** A row of which nothing but its number could be told. */
  public static SpooledRow malformed(long row, Operation operation, RowRefusal refusal) {
    String[] none = new String[Column.all().size()];
    return new SpooledRow(row, operation, none, none, false, null, List.of(), refusal);
  }

  /** The same row, refused. */
  public SpooledRow refused(RowRefusal because) {
    return copy(row, values, because).withOrigin(parentRow, revertedRow);
  }

  /**
   * The same row, of ENABLE, for an account that may not be there: then it is made, and the row's
   * properties are set in either case. A child's row does as this one.
   */
  public SpooledRow creating() {
    if (operation != Operation.ENABLE) {
      throw new IllegalArgumentException("only ENABLE makes what it doesn't find");
    }
    SpooledRow creating = copy(row, values, refusal).withOrigin(parentRow, revertedRow);
    creating.create = true;
    return creating;
  }

  /**
   * The same row, which leaves an account without a credential where it has none and the row gives
   * none. A child's row does as this one.
   */
  public SpooledRow withoutGenerating() {
    SpooledRow without = copy(row, values, refusal).withOrigin(parentRow, revertedRow);
    without.generates = false;
    return without;
  }

  /**
   * The same row with what an identity tool calls the account by: no column of files. A child's row
   * does as this one.
   *
   * @param id null leaves it alone; {@code -} clears it with SET
   */
  public SpooledRow withExternalId(String id) {
    SpooledRow with = copy(row, values, refusal).withOrigin(parentRow, revertedRow);
    with.externalId = id;
    return with;
  }

  /** The same row under another number. */
  public SpooledRow numbered(long number) {
    return copy(number, values, refusal).withOrigin(parentRow, revertedRow);
  }

  /** The same order as a row of a child job: what this one takes back, that one does as well. */
  public SpooledRow again(long childRow) {
    return copy(childRow, values, refusal).withOrigin(row, revertedRow);
  }

  /** What takes this row's effect back, as a row of a child job. Secrets are of no use for that. */
  public SpooledRow reverting(long childRow) {
    String[] withoutSecrets = values.clone();
    for (Column column : Column.all()) {
      if (column.isSecret()) {
        withoutSecrets[column.ordinal()] = null;
      }
    }
    return copy(childRow, withoutSecrets, refusal).withOrigin(row, row);
  }

  /** Without its origin. */
  private SpooledRow copy(long itsRow, String[] itsValues, RowRefusal itsRefusal) {
    SpooledRow copy =
        new SpooledRow(
            itsRow, operation, cells, itsValues, active, protectedAccount, licenses, itsRefusal);
    copy.create = create;
    copy.generates = generates;
    copy.externalId = externalId;
    return copy;
  }

  /** As it was read back. */
  SpooledRow withOrigin(long itsParentRow, long itsRevertedRow) {
    parentRow = itsParentRow;
    revertedRow = itsRevertedRow;
    return this;
  }

  /** The parent job's row that this one retries, undoes or runs; 0 without one. */
  public long parentRow() {
    return parentRow;
  }

  /** The row, of the job that is undone, whose effect this one takes back; 0 without one. */
  public long revertedRow() {
    return revertedRow;
  }

  /** The data row's number, from 1. */
  public long row() {
    return row;
  }

  /** Null when it could not be told. */
  public Operation operation() {
    return operation;
  }

  /** As written, blanks around it taken off; null when the row has none. */
  public String userPrincipalName() {
    return value(Column.USER_PRINCIPAL_NAME);
  }

  /** With ADD: create the account ACTIVE. */
  public boolean active() {
    return active;
  }

  /** With ENABLE: make the account when there is none, and set the row's properties. */
  public boolean create() {
    return create;
  }

  /** Make a password where there is none yet and none is given; by default so. */
  public boolean generates() {
    return generates;
  }

  /** What an identity tool calls the account by; null where the row says nothing. */
  public String externalId() {
    return externalId;
  }

  /** Null where the row says nothing. */
  public Boolean protectedAccount() {
    return protectedAccount;
  }

  /** A given password, or its hash, sealed for user-service alone; null when none was given. */
  public String sealedPassword() {
    String password = value(Column.PASSWORD);
    return password == null ? value(Column.PASSWORD_HASH) : password;
  }

  /** What is sealed is a hash already. */
  public boolean passwordIsHash() {
    return value(Column.PASSWORD) == null && value(Column.PASSWORD_HASH) != null;
  }

  /** Whether a password that this row sets must be changed at the next sign-in; by default so. */
  public boolean mustChangePassword() {
    return !NO.equals(value(Column.MUST_CHANGE_PASSWORD));
  }

  /** SKUs of which ENABLE takes a seat each; empty with all other operations. */
  public List<String> licenses() {
    return operation == Operation.ENABLE && licenses != null ? licenses : List.of();
  }

  /**
   * With SET_LICENSES all that the user is to hold, empty for none.
   *
   * @return null where the row leaves them alone, and with every other operation
   */
  public List<String> exactLicenses() {
    return operation == Operation.SET_LICENSES ? licenses : null;
  }

  /** Whatever the operation makes of them. */
  List<String> anyLicenses() {
    return licenses;
  }

  /** Who has a say in the row on the bus; to be asked of accepted rows only. */
  public Set<Part> parts() {
    boolean licensed =
        switch (operation) {
          case ENABLE -> !licenses().isEmpty();
          case SET_LICENSES -> licenses != null;
          case DISABLE, REMOVE, RESTORE -> true;
          // Who takes an account away gives back the seats that it was given since.
          case ADD -> revertedRow > 0;
          case SET, SET_PASSWORD -> false;
        };
    return licensed ? USER_AND_LICENSE : USER_ALONE;
  }

  /** Null when the row was accepted. */
  public RowRefusal refusal() {
    return refusal;
  }

  public boolean isRefused() {
    return refusal != null;
  }

  /** What was written in a column; null when absent or secret. */
  public String cell(Column column) {
    return cells[column.ordinal()];
  }

  /** What takes effect in a column; null when nothing. */
  public String value(Column column) {
    return values[column.ordinal()];
  }

  /** The account's properties, by {@code AccountProperty.field()}: a command's. */
  public Map<String, String> properties() {
    Map<String, String> properties = new LinkedHashMap<>();
    for (Column column : Column.all()) {
      String value = value(column);
      if (column.property() != null && value != null && !value.isEmpty()) {
        properties.put(column.property().field(), value);
      }
    }
    if (externalId != null) {
      properties.put(AccountProperty.EXTERNAL_ID.field(), externalId);
    }
    return properties;
  }

  /** What was written, by canonical column name; empty for a malformed row. */
  public Map<String, String> columns() {
    Map<String, String> columns = new LinkedHashMap<>();
    for (Column column : Column.all()) {
      String cell = cell(column);
      if (cell != null) {
        columns.put(column.canonical(), cell);
      }
    }
    return columns;
  }

  /** The same for the gateway to lay outcomes over. */
  public WrittenRow written() {
    return new WrittenRow(
        row,
        parentRow == 0 ? null : parentRow,
        userPrincipalName(),
        operation,
        refusal == null ? null : refusal.written(),
        columns());
  }
}

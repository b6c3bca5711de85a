package io.muster.bulkingest.spool;

import io.muster.contracts.command.Operation;
import io.muster.contracts.result.RowCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A row as bytes: flags, operation, refusal, licenses, then every cell that is there with the
 * number of its column. Numbers are places in the lists below, which only ever grow at their ends:
 * spools outlive releases. One thread.
 */
final class RowFormat {
  /** The first byte of every spool and sealed row: raised when old readers can't go on. */
  static final byte VERSION = 1;

  static final List<Column> COLUMNS =
      List.of(
          Column.USER_PRINCIPAL_NAME,
          Column.DISPLAY_NAME,
          Column.FIRST_NAME,
          Column.LAST_NAME,
          Column.JOB_TITLE,
          Column.DEPARTMENT,
          Column.OFFICE,
          Column.OFFICE_PHONE,
          Column.MOBILE_PHONE,
          Column.FAX,
          Column.ALTERNATE_EMAIL,
          Column.STREET_ADDRESS,
          Column.CITY,
          Column.STATE_OR_PROVINCE,
          Column.POSTAL_CODE,
          Column.COUNTRY,
          Column.USAGE_LOCATION,
          Column.EMPLOYEE_ID,
          Column.MANAGER,
          Column.UNIT,
          Column.PASSWORD,
          Column.PASSWORD_HASH,
          Column.MUST_CHANGE_PASSWORD,
          Column.LICENSES,
          Column.BLOCK_SIGN_IN,
          Column.PROTECTED,
          Column.ACTION);

  static final List<Operation> OPERATIONS =
      List.of(
          Operation.ADD,
          Operation.ENABLE,
          Operation.SET_PASSWORD,
          Operation.SET,
          Operation.REMOVE,
          Operation.RESTORE,
          Operation.DISABLE,
          Operation.SET_LICENSES);

  static final List<RowCode> CODES =
      List.of(
          RowCode.USER_NOT_FOUND,
          RowCode.USER_ALREADY_EXISTS,
          RowCode.USER_REMOVED,
          RowCode.INVALID_USER_PRINCIPAL_NAME,
          RowCode.INVALID_VALUE,
          RowCode.MISSING_VALUE,
          RowCode.IMMUTABLE,
          RowCode.DUPLICATE_ROW,
          RowCode.MALFORMED_ROW,
          RowCode.PASSWORD_TOO_WEAK,
          RowCode.UNSUPPORTED_PASSWORD_HASH,
          RowCode.SECRET_EXPIRED,
          RowCode.UNKNOWN_SUBSCRIPTION,
          RowCode.NO_SEATS_LEFT,
          RowCode.OPERATION_NOT_ALLOWED,
          RowCode.OUTSIDE_YOUR_UNIT,
          RowCode.PROTECTED_ACCOUNT,
          RowCode.DOMAIN_NOT_ALLOWED,
          RowCode.SUPERSEDED,
          RowCode.NOT_UNDOABLE);

  private static final int REFUSED = 1;
  private static final int ACTIVE = 2;
  private static final int PROTECTED_KNOWN = 4;
  private static final int PROTECTED_YES = 8;
  private static final int LICENSES_LEFT_ALONE = 16;

  /**
   * Beside the operation's number, not among the flags: a reader that doesn't know them then
   * refuses the row instead of doing half of it.
   */
  private static final int CREATES = 64;

  private static final int GENERATES_NOTHING = 128;

  /** What a cell's text is: as written, what takes effect, or both, as nearly always. */
  private static final int WRITTEN = 1;

  private static final int EFFECTIVE = 2;

  /** Neither of them: no cell but what stands beside them, which older readers pass over. */
  private static final int BESIDE = 0;

  private static final int PARENT_ROW = 0;
  private static final int REVERTED_ROW = 1;
  private static final int EXTERNAL_ID = 2;

  private byte[] bytes = new byte[4096];
  private int at;
  private int end;

  /** Puts a row into {@link #bytes()}, {@link #length()} of them. */
  void encode(SpooledRow row) {
    at = 0;
    RowRefusal refusal = row.refusal();
    Boolean protectedAccount = row.protectedAccount();
    put(
        (refusal != null ? REFUSED : 0)
            | (row.active() ? ACTIVE : 0)
            | (protectedAccount != null ? PROTECTED_KNOWN : 0)
            | (Boolean.TRUE.equals(protectedAccount) ? PROTECTED_YES : 0)
            | (row.anyLicenses() == null ? LICENSES_LEFT_ALONE : 0));
    put(
        (row.operation() == null ? 0 : OPERATIONS.indexOf(row.operation()) + 1)
            | (row.create() ? CREATES : 0)
            | (row.generates() ? 0 : GENERATES_NOTHING));
    if (refusal != null) {
      put(CODES.indexOf(refusal.code()));
      put(refusal.column() == null ? 0 : COLUMNS.indexOf(refusal.column()) + 1);
      put(refusal.detail());
    }
    List<String> licenses = row.anyLicenses() == null ? List.of() : row.anyLicenses();
    put(licenses.size());
    for (String license : licenses) {
      put(license);
    }
    for (int i = 0; i < COLUMNS.size(); i++) {
      Column column = COLUMNS.get(i);
      String cell = row.cell(column);
      String value = row.value(column);
      if (cell != null && cell.equals(value)) {
        put(i, WRITTEN | EFFECTIVE, cell);
      } else {
        put(i, WRITTEN, cell);
        put(i, EFFECTIVE, value);
      }
    }
    put(PARENT_ROW, row.parentRow());
    put(REVERTED_ROW, row.revertedRow());
    put(EXTERNAL_ID, BESIDE, row.externalId());
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return at;
  }

  /**
   * @throws IOException when the bytes aren't a row of this version
   */
  SpooledRow decode(long row, byte[] source, int offset, int length) throws IOException {
    bytes = source;
    at = offset;
    end = offset + length;
    try {
      int flags = get();
      int asked = get();
      int operation = asked & ~(CREATES | GENERATES_NOTHING);
      RowRefusal refusal = (flags & REFUSED) == 0 ? null : refusal();
      List<String> licenses = licenses(get());
      String[] cells = new String[Column.all().size()];
      String[] values = new String[cells.length];
      long parentRow = 0;
      long revertedRow = 0;
      String externalId = null;
      while (at < end) {
        int tag = get();
        if ((tag & (WRITTEN | EFFECTIVE)) == BESIDE) {
          String beside = text();
          switch (tag >> 2) {
            case PARENT_ROW -> parentRow = number(beside);
            case REVERTED_ROW -> revertedRow = number(beside);
            case EXTERNAL_ID -> externalId = beside;
            default -> {
              // Of a later release, which says so elsewhere if it has to be known.
            }
          }
          continue;
        }
        int column = COLUMNS.get(tag >> 2).ordinal();
        String text = text();
        if ((tag & WRITTEN) != 0) {
          cells[column] = text;
        }
        if ((tag & EFFECTIVE) != 0) {
          values[column] = text;
        }
      }
      SpooledRow decoded =
          new SpooledRow(
              row,
              operation == 0 ? null : OPERATIONS.get(operation - 1),
              cells,
              values,
              (flags & ACTIVE) != 0,
              (flags & PROTECTED_KNOWN) == 0 ? null : (Boolean) ((flags & PROTECTED_YES) != 0),
              (flags & LICENSES_LEFT_ALONE) == 0 ? licenses : null,
              refusal);
      decoded = externalId == null ? decoded : decoded.withExternalId(externalId);
      decoded = (asked & CREATES) == 0 ? decoded : decoded.creating();
      decoded = (asked & GENERATES_NOTHING) == 0 ? decoded : decoded.withoutGenerating();
      return decoded.withOrigin(parentRow, revertedRow);
    } catch (IndexOutOfBoundsException e) {
      throw new IOException("not a row of this version's format, row " + row, e);
    }
  }

  private RowRefusal refusal() {
    RowCode code = CODES.get(get());
    int column = get();
    return new RowRefusal(code, text(), column == 0 ? null : COLUMNS.get(column - 1));
  }

  private List<String> licenses(int count) {
    if (count == 0) {
      return List.of();
    }
    List<String> licenses = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      licenses.add(text());
    }
    return licenses;
  }

  private void put(int beside, long number) {
    if (number != 0) {
      put(beside << 2 | BESIDE);
      put(Long.toString(number));
    }
  }

  private static long number(String text) throws IOException {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IOException("not a row of this version's format", e);
    }
  }

  private void put(int column, int kind, String text) {
    if (text != null) {
      put(column << 2 | kind);
      put(text);
    }
  }

  private void put(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    put(utf8.length);
    room(utf8.length);
    System.arraycopy(utf8, 0, bytes, at, utf8.length);
    at += utf8.length;
  }

  /** Seven bits a byte, the lowest first. */
  private void put(int number) {
    room(5);
    int rest = number;
    while (rest >= 0x80) {
      bytes[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[at++] = (byte) rest;
  }

  private void room(int needed) {
    if (bytes.length - at < needed) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, at + needed));
    }
  }

  private String text() {
    int length = get();
    if (length < 0 || length > end - at) {
      throw new IndexOutOfBoundsException("a text beyond its row");
    }
    String text = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  private int get() {
    int number = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int b = bytes[at++];
      number |= (b & 0x7F) << shift;
      if (b >= 0) {
        return number;
      }
    }
    throw new IndexOutOfBoundsException("a number too long");
  }
}

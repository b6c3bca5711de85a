package io.muster.bulkingest.upload.rule;

import io.muster.bulkingest.spool.Column;
import io.muster.bulkingest.spool.RowRefusal;
import io.muster.contracts.command.Operation;
import java.util.ArrayList;
import java.util.List;

/**
 * The SKUs of a row: its own, split at semicolons, before the upload's, each once. For {@code
 * set-licenses} an empty cell leaves the user's licenses alone and {@code -} names none, and the
 * upload's are added to either: with {@code license=E3} both mean exactly E3.
 */
public final class LicensesOfARow {
  /** In a cell of a {@code set-licenses} row: none at all. */
  private static final String NONE = "-";

  /** The same as of the upload's own. */
  private static final int LONGEST_SKU = 64;

  private LicensesOfARow() {}

  /**
   * @param cell trimmed; null when empty
   * @return null when nothing is wrong
   */
  public static RowRefusal fault(Operation operation, String cell) {
    if (cell == null) {
      return null;
    }
    List<String> own = split(cell, List.of());
    for (String sku : own) {
      if (sku.length() > LONGEST_SKU) {
        return RowFaults.invalid(
            Column.LICENSES,
            "Licenses names a subscription of more than "
                + LONGEST_SKU
                + " characters, the limit: write SKUs, separated by semicolons.");
      }
    }
    if (operation != Operation.SET_LICENSES) {
      return null;
    }
    if (own.isEmpty()) {
      return RowFaults.invalid(
          Column.LICENSES,
          "Licenses holds separators alone: name the exact set, or write - to take all away.");
    }
    return own.size() > 1 && own.contains(NONE)
        ? RowFaults.invalid(
            Column.LICENSES,
            "Licenses holds - beside a SKU: write - alone to take all away, or the exact set.")
        : null;
  }

  /**
   * @return as a spooled row takes them, null for leaving alone
   */
  public static List<String> of(Operation operation, String cell, List<String> ofUpload) {
    if (operation == Operation.ENABLE) {
      return cell == null ? ofUpload : split(cell, ofUpload);
    }
    if (operation != Operation.SET_LICENSES) {
      return List.of();
    }
    if (cell == null) {
      return ofUpload.isEmpty() ? null : ofUpload;
    }
    return cell.equals(NONE) ? ofUpload : split(cell, ofUpload);
  }

  private static List<String> split(String cell, List<String> ofUpload) {
    List<String> licenses = new ArrayList<>();
    for (String part : cell.split(";", -1)) {
      String sku = part.strip();
      if (!sku.isEmpty() && !licenses.contains(sku)) {
        licenses.add(sku);
      }
    }
    for (String sku : ofUpload) {
      if (!licenses.contains(sku)) {
        licenses.add(sku);
      }
    }
    return licenses;
  }
}

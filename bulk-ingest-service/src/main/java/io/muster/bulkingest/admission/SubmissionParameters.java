package io.muster.bulkingest.admission;

import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.command.Operation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the query of an upload asks for, checked.
 *
 * @param operation of every row that doesn't say otherwise
 * @param licenses SKUs added to each row's own, sorted, each once
 * @param fill values for empty cells, by column as written
 * @param allowDuplicate take a file that was taken before
 */
record SubmissionParameters(
    Operation operation, List<String> licenses, Map<String, String> fill, boolean allowDuplicate) {

  /**
   * Reads the query as a client wrote it.
   *
   * @throws RequestRefused INVALID_REQUEST that names the parameter
   */
  static SubmissionParameters of(
      String operation,
      List<String> licenses,
      List<String> set,
      String dryRun,
      String maxFailures,
      String startAt,
      String allowDuplicate) {
    Operation asked =
        Operation.of(operation)
            .orElseThrow(
                () ->
                    RequestRefused.invalid(
                        "operation",
                        "Say which operation the rows are for, for example operation=add."));
    if (asked != Operation.ADD && asked != Operation.ENABLE) {
      throw RequestRefused.invalid(
          "operation",
          "This version takes add and enable; " + asked.word() + " comes with a later one.");
    }
    if (flag("dryRun", dryRun)) {
      throw notYet("dryRun");
    }
    if (maxFailures != null && !maxFailures.isBlank()) {
      throw notYet("maxFailures");
    }
    if (startAt != null && !startAt.isBlank()) {
      throw notYet("startAt");
    }
    return new SubmissionParameters(
        asked, skus(licenses), cells(set), flag("allowDuplicate", allowDuplicate));
  }

  /** Digest of everything that makes two requests the same: hex SHA-256. */
  String digest(String fileSha256) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      String all =
          String.join(
              "\n",
              operation.name(),
              String.join(",", licenses),
              new TreeMap<>(fill).toString(),
              Boolean.toString(allowDuplicate),
              fileSha256);
      return HexFormat.of().formatHex(sha256.digest(all.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static RequestRefused notYet(String parameter) {
    return RequestRefused.invalid(
        parameter, "This version does not know " + parameter + " yet: leave it out.");
  }

  private static boolean flag(String parameter, String value) {
    if (value == null || value.isBlank() || value.equalsIgnoreCase("false")) {
      return false;
    }
    if (value.equalsIgnoreCase("true")) {
      return true;
    }
    throw RequestRefused.invalid(parameter, "Write true or false.");
  }

  private static List<String> skus(List<String> licenses) {
    TreeSet<String> skus = new TreeSet<>();
    for (String sku : licenses) {
      if (sku.isBlank() || sku.length() > 64) {
        throw RequestRefused.invalid("license", "A subscription's SKU has 1 to 64 characters.");
      }
      skus.add(sku.strip());
    }
    return List.copyOf(skus);
  }

  private static Map<String, String> cells(List<String> set) {
    Map<String, String> cells = new LinkedHashMap<>();
    for (String each : set) {
      int equals = each.indexOf('=');
      if (equals <= 0) {
        throw RequestRefused.invalid("set", "Write set=Column=Value, for example set=Country=US.");
      }
      cells.put(each.substring(0, equals).strip(), each.substring(equals + 1));
    }
    return cells;
  }
}

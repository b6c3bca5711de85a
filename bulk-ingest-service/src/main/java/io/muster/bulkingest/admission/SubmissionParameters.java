package io.muster.bulkingest.admission;

import io.muster.bulkingest.guard.FailureLimit;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.command.Operation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the query of an upload asks for, checked.
 *
 * @param operation of every row that doesn't say otherwise
 * @param licenses SKUs added to each row's own, sorted, each once
 * @param fill values for empty cells, by column as written
 * @param dryRun check everything, change nothing
 * @param maxFailures how many failed rows stop the job; null for the default
 * @param startAt nothing is dispatched before; null for at once
 * @param allowDuplicate take a file that was taken before
 */
record SubmissionParameters(
    Operation operation,
    List<String> licenses,
    Map<String, String> fill,
    boolean dryRun,
    FailureLimit maxFailures,
    Instant startAt,
    boolean allowDuplicate) {

  /** ISO 8601 has four digits for it; Java takes nine, and PostgreSQL stores six at most. */
  private static final int LAST_YEAR = 9999;

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
                        "Say which operation the rows are for, one of "
                            + Arrays.stream(Operation.values())
                                .map(Operation::word)
                                .collect(Collectors.joining(", "))
                            + "; for example operation=add."));
    return new SubmissionParameters(
        asked,
        skus(licenses),
        cells(set),
        flag("dryRun", dryRun),
        FailureLimit.asked(maxFailures),
        time(startAt),
        flag("allowDuplicate", allowDuplicate));
  }

  /** Digest of everything that makes two requests the same: hex SHA-256. */
  String digest(String fileSha256) {
    List<String> all =
        new ArrayList<>(
            List.of(
                operation.name(),
                String.join(",", licenses),
                new TreeMap<>(fill).toString(),
                Boolean.toString(allowDuplicate),
                fileSha256));
    // Said only where they were asked for, so that keys of an earlier release go on counting.
    if (dryRun) {
      all.add("dryRun");
    }
    if (maxFailures != null) {
      all.add("maxFailures=" + maxFailures.asWritten());
    }
    if (startAt != null) {
      all.add("startAt=" + startAt);
    }
    if (fill.values().stream().anyMatch(SubmissionParameters::readsAsMore)) {
      all.add("fill=" + lengthsOfFill());
    }
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of()
          .formatHex(sha256.digest(String.join("\n", all).getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Written beside others, the value could be several. */
  private static boolean readsAsMore(String value) {
    return value.indexOf(',') >= 0 || value.indexOf('\n') >= 0;
  }

  private String lengthsOfFill() {
    return new TreeMap<>(fill)
        .entrySet().stream()
            .map(cell -> cell.getKey().length() + ":" + cell.getValue().length())
            .collect(Collectors.joining(" "));
  }

  private static Instant time(String startAt) {
    if (startAt == null || startAt.isBlank()) {
      return null;
    }
    try {
      // A plus that wasn't escaped in the query has become a blank.
      OffsetDateTime time = OffsetDateTime.parse(startAt.strip().replace(' ', '+'));
      if (time.getYear() <= LAST_YEAR) {
        return time.toInstant();
      }
    } catch (DateTimeParseException e) {
      // Refused below, like a year that nobody means.
    }
    throw RequestRefused.invalid(
        "startAt",
        "Write a time as ISO 8601 has it, for example 2026-11-24T22:00:00Z or"
            + " 2026-11-24T23:00:00+01:00.");
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
      if (!isOneName(sku.strip())) {
        throw RequestRefused.invalid(
            "license",
            "A subscription's SKU holds no comma, semicolon or control character and is no lone -:"
                + " repeat license for each SKU.");
      }
      skus.add(sku.strip());
    }
    return List.copyOf(skus);
  }

  /** What license-service would never take for a SKU, and no column of a job holds. */
  private static boolean isOneName(String sku) {
    return !sku.equals("-")
        && sku.codePoints()
            .noneMatch(
                c ->
                    c == ','
                        || c == ';'
                        || Character.isISOControl(c)
                        || Character.getType(c) == Character.SURROGATE);
  }

  private static Map<String, String> cells(List<String> set) {
    Map<String, String> cells = new LinkedHashMap<>();
    for (String each : set) {
      int equals = each.indexOf('=');
      if (equals <= 0) {
        throw RequestRefused.invalid("set", "Write set=Column=Value, for example set=Country=US.");
      }
      String column = each.substring(0, equals).strip();
      if (cells.put(column, each.substring(equals + 1)) != null) {
        throw RequestRefused.invalid(
            "set", "set gives " + column + " more than once: give it one value.");
      }
    }
    return cells;
  }
}

package io.muster.bulkingest.orders;

import io.muster.bulkingest.orders.AdmittedOrders.Refused;
import io.muster.bulkingest.spool.RowRefusal;
import io.muster.bulkingest.spool.SpooledRow;
import io.muster.contracts.command.Operation;
import io.muster.contracts.result.RowCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The rows of a list of orders, as they are judged one order after the other. One thread. */
final class JudgedOrders {
  private final List<SpooledRow> rows = new ArrayList<>();
  private final List<Refused> refused = new ArrayList<>();
  private int taken;

  /**
   * Adds an order: where one of its rows is refused, all of them are, for the same reason.
   *
   * @param judged numbered behind those of the orders before
   */
  void add(List<SpooledRow> judged) {
    RowRefusal refusal =
        judged.stream()
            .map(SpooledRow::refusal)
            .filter(each -> each != null)
            .findFirst()
            .orElse(null);
    if (refusal == null) {
      rows.addAll(judged);
    } else {
      judged.forEach(row -> rows.add(row.isRefused() ? row : row.refused(refusal)));
      refused.add(
          new Refused(
              taken,
              refusal.code(),
              refusal.detail(),
              refusal.column() == null ? null : refusal.column().field()));
    }
    taken++;
  }

  List<SpooledRow> rows() {
    return rows;
  }

  int taken() {
    return taken;
  }

  List<Refused> refused() {
    return refused;
  }

  boolean allRefused() {
    return refused.size() == taken;
  }

  boolean holdsSecrets() {
    return rows.stream().anyMatch(row -> !row.isRefused() && row.sealedPassword() != null);
  }

  long toHash() {
    return rows.stream()
        .filter(row -> !row.isRefused() && row.sealedPassword() != null && !row.passwordIsHash())
        .count();
  }

  long commands() {
    return rows.stream().filter(row -> !row.isRefused()).mapToLong(row -> row.parts().size()).sum();
  }

  Map<Operation, Long> operations() {
    Map<Operation, Long> operations = new EnumMap<>(Operation.class);
    rows.forEach(row -> operations.merge(row.operation(), 1L, Long::sum));
    return operations;
  }

  Map<RowCode, Long> refusedByCode() {
    Map<RowCode, Long> codes = new EnumMap<>(RowCode.class);
    rows.stream()
        .filter(SpooledRow::isRefused)
        .forEach(row -> codes.merge(row.refusal().code(), 1L, Long::sum));
    return codes;
  }

  /**
   * The one that most rows have: what the job is listed under, and what its children are held to.
   */
  Operation mostOften() {
    return operations().entrySet().stream()
        .max(Comparator.comparing(Map.Entry<Operation, Long>::getValue))
        .orElseThrow()
        .getKey();
  }
}

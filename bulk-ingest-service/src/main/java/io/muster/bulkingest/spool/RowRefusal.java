package io.muster.bulkingest.spool;

import io.muster.contracts.job.WrittenRow;
import io.muster.contracts.result.RowCode;
import java.util.Objects;

/**
 * Why the door refused a row.
 *
 * @param code never null
 * @param detail one sentence that names column and cure; never holds a secret
 * @param column the column to blame; null when none is
 */
public record RowRefusal(RowCode code, String detail, Column column) {
  public RowRefusal {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(detail, "detail");
  }

  /** The same in the contracts' words. */
  public WrittenRow.Refusal written() {
    return new WrittenRow.Refusal(code, detail);
  }
}

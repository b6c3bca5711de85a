package io.muster.bulkingest.dispatch.row;

import io.muster.bulkingest.dispatch.window.RowCommands;
import io.muster.bulkingest.dispatch.window.RowCosts;
import io.muster.bulkingest.spool.SpooledRow;
import java.util.List;

/** The one row of a single call, which its job keeps itself. */
public record OneRow(RowCommands row) implements RowsToSend {
  public OneRow(CommandsOfAJob commands, long submission, SpooledRow row) {
    this(commands.of(row, submission));
  }

  @Override
  public Slice read(long lastRow, RowCosts costs, long cost, long removals) {
    return new Slice(List.of(row), 1, costs.of(row), false);
  }

  @Override
  public long leastCost(RowCosts costs) {
    return costs.of(row);
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}

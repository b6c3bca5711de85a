package io.muster.bulkingest.child;

import io.muster.bulkingest.spool.SpooledRow;
import io.muster.bulkingest.stream.row.AppendedRows;
import io.muster.bulkingest.stream.row.AppendedRows.Appended;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.UUID;

/** Rows of a parent that grew while it ran, a statement for each block of them. */
final class ParentTable implements ParentRows {
  private static final int BLOCK = 1_000;

  private final AppendedRows rows;
  private final String tenant;
  private final UUID jobId;

  ParentTable(AppendedRows rows, String tenant, UUID jobId) {
    this.rows = rows;
    this.tenant = tenant;
    this.jobId = jobId;
  }

  @Override
  public void all(Sink sink) throws IOException {
    List<Appended> block = rows.behind(tenant, jobId, 0, Long.MAX_VALUE, BLOCK);
    while (!block.isEmpty()) {
      for (Appended each : block) {
        sink.take(each.row());
      }
      long last = block.get(block.size() - 1).row().row();
      block = rows.behind(tenant, jobId, last, Long.MAX_VALUE, BLOCK);
    }
  }

  @Override
  public void forwards(BitSet wanted, Sink sink) throws IOException {
    List<Long> block = new ArrayList<>();
    for (int row = wanted.nextSetBit(1); row >= 0; row = wanted.nextSetBit(row + 1)) {
      block.add((long) row);
      if (block.size() == BLOCK) {
        take(block, sink);
      }
    }
    if (!block.isEmpty()) {
      take(block, sink);
    }
  }

  @Override
  public void backwards(BitSet wanted, Sink sink) throws IOException {
    List<Long> block = new ArrayList<>();
    for (int row = wanted.length() - 1; row > 0; row = wanted.previousSetBit(row - 1)) {
      block.add((long) row);
      if (block.size() == BLOCK) {
        takeBackwards(block, sink);
      }
    }
    if (!block.isEmpty()) {
      takeBackwards(block, sink);
    }
  }

  private void take(List<Long> block, Sink sink) throws IOException {
    for (SpooledRow row : rows.these(tenant, jobId, block)) {
      sink.take(row);
    }
    block.clear();
  }

  private void takeBackwards(List<Long> block, Sink sink) throws IOException {
    List<SpooledRow> found = rows.these(tenant, jobId, block);
    for (int i = found.size() - 1; i >= 0; i--) {
      sink.take(found.get(i));
    }
    block.clear();
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}

package io.muster.bulkingest.child;

import io.muster.bulkingest.spool.SpoolReader;
import io.muster.bulkingest.spool.SpooledRow;
import io.muster.bulkingest.spool.Spools;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.UUID;

/** Rows of a parent's spool, or the one that it keeps itself. */
final class ParentSpool implements ParentRows {
  /** As the spool's index has them: a block is found at once. */
  private static final long BLOCK = 1_000;

  /** A block of larger rows than this is read in halves. */
  private static final long MOST_BYTES = 4 << 20;

  private final SpoolReader reader;
  private final SpooledRow one;

  private ParentSpool(SpoolReader reader, SpooledRow one) {
    this.reader = reader;
    this.one = one;
  }

  /**
   * @param sealedRow of a job that keeps its one row itself; null for one with a spool
   * @throws java.nio.file.NoSuchFileException when the spool is gone
   */
  static ParentSpool open(Spools spools, String tenant, UUID jobId, byte[] sealedRow)
      throws IOException {
    return sealedRow == null
        ? new ParentSpool(spools.open(tenant, jobId), null)
        : new ParentSpool(null, spools.open(tenant, jobId, sealedRow));
  }

  @Override
  public void all(Sink sink) throws IOException {
    if (one != null) {
      sink.take(one);
      return;
    }
    reader.seek(1);
    for (SpooledRow row = reader.next(); row != null; row = reader.next()) {
      sink.take(row);
    }
  }

  @Override
  public void forwards(BitSet wanted, Sink sink) throws IOException {
    if (one != null) {
      takeOne(wanted, sink);
      return;
    }
    for (int row = wanted.nextSetBit(1);
        row >= 0 && row <= reader.total();
        row = wanted.nextSetBit(row + 1)) {
      reader.seek(row);
      SpooledRow found = reader.next();
      if (!found.isRefused()) {
        sink.take(found);
      }
    }
  }

  @Override
  public void backwards(BitSet wanted, Sink sink) throws IOException {
    if (one != null) {
      takeOne(wanted, sink);
      return;
    }
    long last = Math.min(reader.total(), Math.max(0, wanted.length() - 1L));
    while (last > 0) {
      long first = (last - 1) / BLOCK * BLOCK + 1;
      backwards(first, last, wanted, sink);
      // On to the block that holds the next wanted row, past those that hold none.
      last = first == 1 ? 0 : Math.max(0, wanted.previousSetBit((int) first - 1));
    }
  }

  private void backwards(long first, long last, BitSet wanted, Sink sink) throws IOException {
    List<SpooledRow> block = new ArrayList<>();
    long bytes = 0;
    for (int row = wanted.nextSetBit((int) first);
        row >= 0 && row <= last;
        row = wanted.nextSetBit(row + 1)) {
      reader.seek(row);
      SpooledRow found = reader.next();
      bytes += reader.rowBytes();
      if (bytes > MOST_BYTES && first < last) {
        long middle = (first + last) >>> 1;
        block.clear();
        backwards(middle + 1, last, wanted, sink);
        backwards(first, middle, wanted, sink);
        return;
      }
      if (!found.isRefused()) {
        block.add(found);
      }
    }
    for (int i = block.size() - 1; i >= 0; i--) {
      sink.take(block.get(i));
    }
  }

  private void takeOne(BitSet wanted, Sink sink) throws IOException {
    if (wanted.get(1) && !one.isRefused()) {
      sink.take(one);
    }
  }

  @Override
  public void close() throws IOException {
    if (reader != null) {
      reader.close();
    }
  }
}

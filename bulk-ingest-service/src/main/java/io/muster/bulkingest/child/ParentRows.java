package io.muster.bulkingest.child;

import io.muster.bulkingest.spool.SpooledRow;
import java.io.Closeable;
import java.io.IOException;
import java.util.BitSet;

/**
 * A parent's rows as its child wants them: forwards, or backwards by blocks, so that memory stays
 * flat however many there are. One thread.
 */
interface ParentRows extends Closeable {
  /** Takes rows, one after the other. */
  @FunctionalInterface
  interface Sink {
    void take(SpooledRow row) throws IOException;
  }

  /** Every row, those that the door refused as well. */
  void all(Sink sink) throws IOException;

  /** Wanted rows in order; those that the door refused are left out. */
  void forwards(BitSet wanted, Sink sink) throws IOException;

  /** Likewise, the last one first. */
  void backwards(BitSet wanted, Sink sink) throws IOException;
}

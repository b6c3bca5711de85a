package io.muster.bulkingest.spool;

import java.io.Closeable;
import java.io.IOException;

/**
 * A job's rows in order, from any row on; rows that were found to be duplicates are refused ones
 * here. Holds some 200 KiB. One thread at a time.
 */
public final class SpoolReader implements Closeable {
  SpoolReader() {}

  /** Rows in the spool. */
  public long total() {
    throw new UnsupportedOperationException();
  }

  /** The next {@link #next()} gives this row; going forward to a near row is cheap. */
  public void seek(long row) throws IOException {
    throw new UnsupportedOperationException();
  }

  /**
   * @return null after the last row
   */
  public SpooledRow next() throws IOException {
    throw new UnsupportedOperationException();
  }

  /**
   * The next row from here on that the door refused, duplicates included; what lies between isn't
   * read.
   *
   * @return null when there is none
   */
  public SpooledRow nextRefused() throws IOException {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() throws IOException {
    throw new UnsupportedOperationException();
  }
}

package io.muster.bulkingest.spool;

import java.io.Closeable;
import java.io.IOException;

/**
 * A sealed part of row numbers in order, each with a further number where the part has some; found
 * by halving, then read on. Opened when it is first asked. One thread.
 */
final class RowList implements Closeable {
  private final Parts parts;
  private final String part;
  private final int entryBytes;
  private final long count;
  private PartReader reader;

  /** Where the reader stands. */
  private long readerAt;

  /** The current entry, and the row of the one before it; row 0 while nothing was read. */
  private long entry = -1;

  private long row;
  private long second;
  private long rowBefore;

  /**
   * @param numbers per entry, the row included
   * @param count entries
   */
  RowList(Parts parts, String part, int numbers, long count) {
    this.parts = parts;
    this.part = part;
    this.entryBytes = numbers * Long.BYTES;
    this.count = count;
  }

  /**
   * The first row of the list that is this one or a later one.
   *
   * @return {@code Long.MAX_VALUE} when there is none
   */
  long from(long wanted) throws IOException {
    if (isCurrent(wanted)) {
      return row;
    }
    if (wanted > row) {
      rowBefore = row;
      load(entry + 1);
    }
    if (!isCurrent(wanted)) {
      find(wanted);
    }
    return row;
  }

  /** The number beside the row that {@link #from} gave. */
  long second() {
    return second;
  }

  private boolean isCurrent(long wanted) {
    return rowBefore < wanted && wanted <= row;
  }

  private void find(long wanted) throws IOException {
    long low = 0;
    long high = count;
    long below = 0;
    while (low < high) {
      long middle = (low + high) >>> 1;
      load(middle);
      if (row < wanted) {
        below = row;
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    load(low);
    rowBefore = below;
  }

  private void load(long wantedEntry) throws IOException {
    entry = Math.min(wantedEntry, count);
    if (entry == count) {
      row = Long.MAX_VALUE;
      return;
    }
    if (reader == null) {
      reader = new PartReader(parts.open(part));
    }
    if (entry != readerAt) {
      reader.seek(entry * entryBytes);
    }
    row = reader.getLong();
    second = entryBytes > Long.BYTES ? reader.getLong() : 0;
    readerAt = entry + 1;
  }

  @Override
  public void close() throws IOException {
    if (reader != null) {
      reader.close();
    }
  }
}

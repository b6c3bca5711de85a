package io.muster.bulkingest.upload.text;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * A buffered stream that can look ahead. Unlike a network stream's, its {@link #available()} is 0
 * at the end only: {@code GZIPInputStream} takes 0 for the end and would drop what follows the
 * first member.
 */
final class ArrivingBytes extends InputStream {
  private final InputStream in;
  private final byte[] buffer = new byte[32 * 1024];
  private int position;
  private int limit;
  private long arrived;

  /** {@link #arrived} up to the last byte that isn't zero. */
  private long written;

  private boolean ended;
  private boolean broken;

  ArrivingBytes(InputStream in) {
    this.in = in;
  }

  /** Bytes taken from the source so far. */
  long arrived() {
    return arrived;
  }

  /** Bytes handed on so far. */
  long taken() {
    return arrived - (limit - position);
  }

  /**
   * Reads on to the end, unless something else than zeros comes.
   *
   * @param place counted as {@link #taken()} does
   * @return whether all bytes from there to the end are zero
   */
  boolean onlyZerosFrom(long place) throws IOException {
    while (written <= place && available() > 0) {
      position = limit;
    }
    return written <= place;
  }

  /** The source itself failed, as opposed to what it carried. */
  boolean isBroken() {
    return broken;
  }

  /** Whether the next bytes are these; fewer left counts as no. */
  boolean startsWith(int... next) throws IOException {
    while (limit - position < next.length && fill()) {
      // until there is enough to tell
    }
    if (limit - position < next.length) {
      return false;
    }
    for (int i = 0; i < next.length; i++) {
      if ((buffer[position + i] & 0xFF) != next[i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int available() throws IOException {
    return limit > position || fill() ? limit - position : 0;
  }

  @Override
  public int read() throws IOException {
    return available() == 0 ? -1 : buffer[position++] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    int count = Math.min(available(), length);
    if (count == 0) {
      return -1;
    }
    System.arraycopy(buffer, position, target, offset, count);
    position += count;
    return count;
  }

  private boolean fill() throws IOException {
    if (ended) {
      return false;
    }
    System.arraycopy(buffer, position, buffer, 0, limit - position);
    limit -= position;
    position = 0;
    int count;
    try {
      count = in.read(buffer, limit, buffer.length - limit);
    } catch (IOException | RuntimeException e) {
      broken = true;
      throw e;
    }
    if (count < 0) {
      ended = true;
      return false;
    }
    int last = limit + count;
    while (last > limit && buffer[last - 1] == 0) {
      last--;
    }
    if (last > limit) {
      written = arrived + last - limit;
    }
    limit += count;
    arrived += count;
    return count > 0 || fill();
  }
}

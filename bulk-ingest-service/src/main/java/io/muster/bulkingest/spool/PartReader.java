package io.muster.bulkingest.spool;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;

/**
 * Reads what {@link PartWriter} wrote, with a buffer that grows to the longest record. One thread.
 */
final class PartReader implements Closeable {
  private final ReadableByteChannel channel;
  private byte[] buffer = new byte[32 * 1024];
  private int at;
  private int limit;
  private int offset;
  private int length;

  PartReader(ReadableByteChannel channel) {
    this.channel = channel;
  }

  /** Goes on at a place in the part; needs a channel that can seek. */
  void seek(long position) throws IOException {
    ((SeekableByteChannel) channel).position(position);
    at = 0;
    limit = 0;
  }

  boolean isAtEnd() throws IOException {
    return at == limit && !fill(1);
  }

  byte get() throws IOException {
    need(1);
    return buffer[at++];
  }

  long getLong() throws IOException {
    need(Long.BYTES);
    long number = ByteBuffer.wrap(buffer, at, Long.BYTES).getLong();
    at += Long.BYTES;
    return number;
  }

  /** Finds the next record: {@link #length()} bytes of {@link #bytes()} from {@link #offset()}. */
  void getWithLength() throws IOException {
    length = getLength();
    need(length);
    offset = at;
    at += length;
  }

  /** Passes over the next record. */
  void skipWithLength() throws IOException {
    int left = getLength();
    while (left > limit - at) {
      left -= limit - at;
      at = limit;
      need(1);
    }
    at += left;
  }

  /** Changes with the next call. */
  byte[] bytes() {
    return buffer;
  }

  int offset() {
    return offset;
  }

  int length() {
    return length;
  }

  private int getLength() throws IOException {
    int number = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      byte b = get();
      number |= (b & 0x7F) << shift;
      if (b >= 0) {
        if (number < 0) {
          break;
        }
        return number;
      }
    }
    throw new IOException("a part's record has no length");
  }

  private void need(int count) throws IOException {
    if (limit - at < count && !fill(count)) {
      throw new EOFException("a part ends early");
    }
  }

  private boolean fill(int count) throws IOException {
    System.arraycopy(buffer, at, buffer, 0, limit - at);
    limit -= at;
    at = 0;
    if (buffer.length < count) {
      buffer = Arrays.copyOf(buffer, Math.max(count, buffer.length * 2));
    }
    while (limit < count) {
      int read = channel.read(ByteBuffer.wrap(buffer, limit, buffer.length - limit));
      if (read < 0) {
        return false;
      }
      if (read == 0) {
        // Tink's answer for ever when the place is beyond the end of what was cut short.
        throw new EOFException("a part ends early");
      }
      limit += read;
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

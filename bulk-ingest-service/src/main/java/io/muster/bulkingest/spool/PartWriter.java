package io.muster.bulkingest.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Collects small writes for a sealed part. One thread. */
final class PartWriter implements Closeable {
  private final WritableByteChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(16 * 1024);
  private long written;

  PartWriter(WritableByteChannel channel) {
    this.channel = channel;
  }

  /** Clear bytes so far. */
  long written() {
    return written;
  }

  void put(byte b) throws IOException {
    room(1);
    buffer.put(b);
    written++;
  }

  void put(long number) throws IOException {
    room(Long.BYTES);
    buffer.putLong(number);
    written += Long.BYTES;
  }

  /** A length, seven bits a byte, the lowest first; then the bytes. */
  void putWithLength(byte[] bytes, int offset, int length) throws IOException {
    int rest = length;
    while (rest >= 0x80) {
      put((byte) (rest | 0x80));
      rest >>>= 7;
    }
    put((byte) rest);
    int from = offset;
    int left = length;
    while (left > 0) {
      room(1);
      int count = Math.min(left, buffer.remaining());
      buffer.put(bytes, from, count);
      from += count;
      left -= count;
    }
    written += length;
  }

  private void room(int needed) throws IOException {
    if (buffer.remaining() < needed) {
      flush();
    }
  }

  private void flush() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    buffer.clear();
  }

  /** Without it the part counts as cut short. */
  @Override
  public void close() throws IOException {
    try (channel) {
      flush();
    }
  }
}

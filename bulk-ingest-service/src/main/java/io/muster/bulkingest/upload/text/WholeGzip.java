package io.muster.bulkingest.upload.text;

import java.io.IOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Gzip of one or more members that ends where its source ends. Java's own stream takes whatever
 * follows a member and doesn't begin like another one for the end: a second member whose first
 * bytes are damaged, or that is cut off within them, would be lost with all its rows. Zeros behind
 * the end are padding of tapes and blocks, as gzip itself has it. One thread.
 */
final class WholeGzip extends GZIPInputStream {
  private static final int BUFFER = 32 * 1024;

  /** Checksum and length behind a member's data. */
  private static final int TRAILER = 8;

  private final ArrivingBytes source;

  /** Bytes of the source up to the end of what the inflater was given last. */
  private long given;

  WholeGzip(ArrivingBytes source) throws IOException {
    super(source, BUFFER);
    this.source = source;
  }

  @Override
  protected void fill() throws IOException {
    super.fill();
    given = source.taken();
  }

  /**
   * @throws ZipException also when something else than zeros follows the last member
   */
  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = super.read(target, offset, length);
    if (count < 0) {
      long end = given - inf.getRemaining() + TRAILER;
      if (!source.onlyZerosFrom(end)) {
        throw new ZipException("something follows the last member");
      }
    }
    return count;
  }
}

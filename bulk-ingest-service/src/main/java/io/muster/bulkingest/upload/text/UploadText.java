package io.muster.bulkingest.upload.text;

import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.job.RequestCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * An upload's characters. A file without a mark is read as ASCII up to its first byte beyond it,
 * however late that comes, and what stands there decides between UTF-8 and Windows-1252. What is
 * malformed after the decision becomes U+FFFD, which no rule lets pass. One thread.
 */
public final class UploadText {
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  private final UploadBytes source;
  private final byte[] buffer = new byte[64 * 1024];
  private final ByteBuffer bytes = ByteBuffer.wrap(buffer).limit(0);
  private CharsetDecoder decoder;
  private boolean decided;
  private boolean sourceEnded;
  private boolean flushed;

  /**
   * Reads the first bytes.
   *
   * @throws RequestRefused EMPTY_FILE, UNREADABLE_FILE
   * @throws IOException when the body broke off
   */
  public UploadText(UploadBytes source) throws IOException {
    this.source = source;
    fill();
    if (!bytes.hasRemaining()) {
      throw RequestRefused.because(
          RequestCode.EMPTY_FILE, "The file is empty: upload a CSV file with a header line.");
    }
    FirstBytes.Recognised recognised = new FirstBytes(buffer, bytes.limit()).encoding();
    if (recognised != null) {
      decide(recognised.charset());
      bytes.position(recognised.markLength());
    } else {
      decoder = StandardCharsets.US_ASCII.newDecoder();
    }
  }

  /**
   * {@code UTF-8} (for ASCII as well), {@code UTF-16LE}, {@code UTF-16BE}, {@code windows-1252}.
   */
  public String encoding() {
    return decided ? decoder.charset().name() : StandardCharsets.UTF_8.name();
  }

  /**
   * Reads on.
   *
   * @param length room for two characters at least
   * @return how many characters, -1 at the end
   */
  int read(char[] target, int offset, int length) throws IOException {
    CharBuffer chars = CharBuffer.wrap(target, offset, length);
    while (!flushed && chars.position() == offset) {
      CoderResult result = decoder.decode(bytes, chars, sourceEnded);
      if (result.isError()) {
        decideByWhatStandsHere();
      } else if (result.isUnderflow() && sourceEnded) {
        flushed = true;
        decoder.flush(chars);
      } else if (result.isUnderflow()) {
        fill();
      }
    }
    int count = chars.position() - offset;
    return count == 0 ? -1 : count;
  }

  /** Keeps what is left and reads until the buffer is full or the source ends. */
  private void fill() throws IOException {
    bytes.compact();
    while (bytes.hasRemaining() && !sourceEnded) {
      int count = source.read(buffer, bytes.position(), bytes.remaining());
      if (count < 0) {
        sourceEnded = true;
      } else {
        bytes.position(bytes.position() + count);
      }
    }
    bytes.flip();
  }

  private void decideByWhatStandsHere() throws IOException {
    fill();
    boolean utf8 = Utf8Evidence.speaksFor(buffer, bytes.position(), bytes.limit(), sourceEnded);
    decide(utf8 ? StandardCharsets.UTF_8 : WINDOWS_1252);
  }

  private void decide(Charset charset) {
    decided = true;
    decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
  }
}

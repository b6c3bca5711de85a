package io.muster.bulkingest.upload.text;

import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.job.RequestCode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * What a file's first bytes tell: its encoding where a mark or a pattern shows it, or that it is no
 * text at all.
 */
final class FirstBytes {
  /** Pairs looked at for the zero bytes of UTF-16: a header is Latin letters. */
  private static final int SAMPLE = 1024;

  private final byte[] bytes;
  private final int length;

  FirstBytes(byte[] bytes, int length) {
    this.bytes = bytes;
    this.length = length;
  }

  /**
   * An encoding that needs no look at further bytes.
   *
   * @param markLength bytes of the mark to pass over
   */
  record Recognised(Charset charset, int markLength) {}

  /**
   * @return null when it is UTF-8 without a mark or Windows-1252, which only a letter beyond ASCII
   *     tells
   * @throws RequestRefused UNREADABLE_FILE when it is no text
   */
  Recognised encoding() {
    if (starts(0xEF, 0xBB, 0xBF)) {
      return new Recognised(StandardCharsets.UTF_8, 3);
    }
    if (starts(0xFF, 0xFE, 0, 0) || starts(0, 0, 0xFE, 0xFF)) {
      throw unreadable("The file is UTF-32: save it as CSV UTF-8.");
    }
    if (starts(0xFF, 0xFE)) {
      return new Recognised(StandardCharsets.UTF_16LE, 2);
    }
    if (starts(0xFE, 0xFF)) {
      return new Recognised(StandardCharsets.UTF_16BE, 2);
    }
    refuseKnownFormats();
    Charset utf16 = utf16();
    if (utf16 != null) {
      return new Recognised(utf16, 0);
    }
    refuseBinary();
    return null;
  }

  private void refuseKnownFormats() {
    String name = KnownFormats.nameOf(bytes, length);
    if (name != null) {
      throw unreadable("This is " + name + ", not a CSV file: " + KnownFormats.cure(name));
    }
  }

  /** Zeros in every other place, where Latin letters have them. */
  private Charset utf16() {
    int pairs = Math.min(length, SAMPLE) / 2;
    if (pairs < 4) {
      return null;
    }
    int even = 0;
    int odd = 0;
    for (int i = 0; i < pairs * 2; i += 2) {
      even += bytes[i] == 0 ? 1 : 0;
      odd += bytes[i + 1] == 0 ? 1 : 0;
    }
    if (odd * 10 >= pairs * 6 && even * 20 <= pairs) {
      return StandardCharsets.UTF_16LE;
    }
    return even * 10 >= pairs * 6 && odd * 20 <= pairs ? StandardCharsets.UTF_16BE : null;
  }

  /** A header has no control characters, and of the rest only a damaged row has some. */
  private void refuseBinary() {
    int controls = 0;
    int zeros = 0;
    boolean firstLine = true;
    for (int i = 0; i < length; i++) {
      int b = bytes[i] & 0xFF;
      if (b == '\n' || b == '\r') {
        firstLine = false;
      } else if (b < ' ' && b != '\t') {
        if (firstLine) {
          throw binary();
        }
        controls++;
        zeros += b == 0 ? 1 : 0;
      }
    }
    if (controls * 10L > length) {
      throw zeros == controls
          ? unreadable(
              "The file is full of zero bytes, as an interrupted copy leaves behind: export or copy"
                  + " it again.")
          : binary();
    }
  }

  private static RequestRefused binary() {
    return unreadable("The file is binary, not text: save the list as CSV UTF-8 and upload that.");
  }

  private boolean starts(int... first) {
    if (length < first.length) {
      return false;
    }
    for (int i = 0; i < first.length; i++) {
      if ((bytes[i] & 0xFF) != first[i]) {
        return false;
      }
    }
    return true;
  }

  private static RequestRefused unreadable(String detail) {
    return RequestRefused.because(RequestCode.UNREADABLE_FILE, detail);
  }
}

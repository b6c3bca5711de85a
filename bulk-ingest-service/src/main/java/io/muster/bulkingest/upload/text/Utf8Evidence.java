package io.muster.bulkingest.upload.text;

/**
 * Tells UTF-8 from Windows-1252 by its multi-byte sequences: letters of the latter hardly ever form
 * one by chance, and a UTF-8 file with a damaged place still has more whole ones.
 */
final class Utf8Evidence {
  private Utf8Evidence() {}

  /**
   * Whether the bytes have at least as many whole sequences as stray bytes, and one at least.
   *
   * @param ended nothing comes after them: a sequence that is cut off there isn't one
   */
  static boolean speaksFor(byte[] bytes, int from, int to, boolean ended) {
    int whole = 0;
    int stray = 0;
    int i = from;
    while (i < to) {
      int b = bytes[i] & 0xFF;
      if (b < 0x80) {
        i++;
        continue;
      }
      int length = sequenceLength(b);
      if (!ended && i + length > to && followsUpTo(bytes, i, to)) {
        // Cut off by the end of what we see.
        whole++;
        break;
      }
      if (length > 0 && i + length <= to && followsUpTo(bytes, i, i + length)) {
        whole++;
        i += length;
      } else {
        stray++;
        i++;
      }
    }
    return whole > 0 && whole >= stray;
  }

  private static int sequenceLength(int lead) {
    if (lead >= 0xC2 && lead <= 0xDF) {
      return 2;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
      return 3;
    }
    return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
  }

  private static boolean followsUpTo(byte[] bytes, int lead, int end) {
    for (int i = lead + 1; i < end; i++) {
      if ((bytes[i] & 0xC0) != 0x80) {
        return false;
      }
    }
    return true;
  }
}

package io.muster.bulkingest.dispatch.window;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Slice numbers as they travel: this start's name and a number, so that an earlier start's slices
 * aren't taken for this one's.
 */
@ApplicationScoped
public class SliceNumbers {
  private static final int NAME_LENGTH = 8;

  private final String prefix = UUID.randomUUID().toString().substring(0, NAME_LENGTH) + '.';

  public String header(long number) {
    return prefix + number;
  }

  /**
   * @return the number, or -1 when the header is missing or not of this start
   */
  long number(byte[] header) {
    if (header == null || header.length <= prefix.length()) {
      return -1;
    }
    String text = new String(header, StandardCharsets.US_ASCII);
    if (!text.startsWith(prefix)) {
      return -1;
    }
    try {
      return Long.parseLong(text, prefix.length(), text.length(), 10);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}

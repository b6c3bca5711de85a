package io.muster.bulkingest.admission;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file's name out of a header, where HTTP has room for ASCII only: letters beyond it come as RFC
 * 8187 writes them, {@code UTF-8''Zo%C3%AB.csv}, or as the bytes of UTF-8, of which each has become
 * a character of its own on the way.
 */
final class FileName {
  private static final Pattern RFC_8187 =
      Pattern.compile("utf-8'[^']*'((?:[^%]|%[0-9a-f]{2})*)", Pattern.CASE_INSENSITIVE);

  private FileName() {}

  /**
   * @param header as it came; null when there was none
   * @return without control characters
   */
  static String of(String header) {
    if (header == null) {
      return null;
    }
    Matcher extended = RFC_8187.matcher(header);
    String name =
        extended.matches()
            ? URLDecoder.decode(extended.group(1).replace("+", "%2B"), StandardCharsets.UTF_8)
            : ofBytes(header);
    return name.codePoints()
        .filter(c -> !Character.isISOControl(c))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static String ofBytes(String header) {
    if (header.chars().anyMatch(c -> c > 0xFF)) {
      return header;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(header.getBytes(StandardCharsets.ISO_8859_1)))
          .toString();
    } catch (CharacterCodingException e) {
      // Windows-1252, most likely, and right as it stands.
      return header;
    }
  }
}

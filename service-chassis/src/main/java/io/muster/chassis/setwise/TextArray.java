package io.muster.chassis.setwise;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.postgresql.core.Oid;

/**
 * A {@code text[]} for {@code PreparedStatement.setObject}. The driver's own encoder (42.7.10,
 * {@code ArrayEncoding}) writes into a stream that grows and that is locked twice for each element,
 * and a row of a batch has some twenty of them; this one knows its length.
 */
final class TextArray extends BinaryArray {
  private static final long serialVersionUID = 1;

  private final byte[][] encoded;

  private TextArray(byte[][] encoded) {
    super("_text", Oid.TEXT);
    this.encoded = encoded;
  }

  /**
   * @param texts null elements are NULL; what is no whole text becomes {@code ?}, as the driver has
   *     it
   */
  static TextArray of(String[] texts) {
    byte[][] encoded = new byte[texts.length][];
    for (int i = 0; i < texts.length; i++) {
      encoded[i] = texts[i] == null ? null : texts[i].getBytes(StandardCharsets.UTF_8);
    }
    return new TextArray(encoded);
  }

  @Override
  int size() {
    return encoded.length;
  }

  @Override
  boolean isNull(int i) {
    return encoded[i] == null;
  }

  @Override
  int lengthOf(int i) {
    return encoded[i].length;
  }

  @Override
  void put(int i, ByteBuffer out) {
    out.put(encoded[i]);
  }

  @Override
  String quoted(int i) {
    String text = new String(encoded[i], StandardCharsets.UTF_8);
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}

package io.muster.chassis.setwise;

import java.nio.ByteBuffer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.postgresql.util.PGBinaryObject;
import org.postgresql.util.PGobject;

/**
 * An array for {@code PreparedStatement.setObject}: in binary where the connection sends its type
 * so, else as text. The format is that of PostgreSQL's {@code array_recv}. Only sent, never read.
 */
abstract class BinaryArray extends PGobject implements PGBinaryObject {
  private static final long serialVersionUID = 1;
  private static final int NULL = -1;

  /** PostgreSQL's {@code pg_type.oid} of an element. */
  private final int elementOid;

  /**
   * @param type PostgreSQL's name of the array's type
   */
  BinaryArray(String type, int elementOid) {
    setType(type);
    this.elementOid = elementOid;
  }

  abstract int size();

  abstract boolean isNull(int i);

  /** Bytes of an element that isn't NULL. */
  abstract int lengthOf(int i);

  /** Appends an element that isn't NULL, its length apart. */
  abstract void put(int i, ByteBuffer out);

  /** An element that isn't NULL, as PostgreSQL's {@code array_in} takes it. */
  abstract String quoted(int i);

  @Override
  public final String getValue() {
    return IntStream.range(0, size())
        .mapToObj(i -> isNull(i) ? "NULL" : quoted(i))
        .collect(Collectors.joining(",", "{", "}"));
  }

  @Override
  public final int lengthInBytes() {
    int length = (size() == 0 ? 3 : 5) * Integer.BYTES;
    for (int i = 0; i < size(); i++) {
      length = Math.addExact(length, Integer.BYTES + (isNull(i) ? 0 : lengthOf(i)));
    }
    return length;
  }

  @Override
  public final void toBytes(byte[] bytes, int offset) {
    ByteBuffer out = ByteBuffer.wrap(bytes, offset, bytes.length - offset);
    out.putInt(size() == 0 ? 0 : 1).putInt(hasNull() ? 1 : 0).putInt(elementOid);
    if (size() == 0) {
      return;
    }
    out.putInt(size()).putInt(1);
    for (int i = 0; i < size(); i++) {
      if (isNull(i)) {
        out.putInt(NULL);
      } else {
        out.putInt(lengthOf(i));
        put(i, out);
      }
    }
  }

  private boolean hasNull() {
    for (int i = 0; i < size(); i++) {
      if (isNull(i)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public final void setByteValue(byte[] value, int offset) {
    throw new UnsupportedOperationException("only sent, never read");
  }

  @Override
  public final boolean equals(Object other) {
    return this == other;
  }

  @Override
  public final int hashCode() {
    return System.identityHashCode(this);
  }

  /** What it holds never changes. */
  @Override
  public final Object clone() {
    return this;
  }
}

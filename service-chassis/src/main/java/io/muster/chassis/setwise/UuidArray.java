package io.muster.chassis.setwise;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.UUID;
import java.util.stream.Collectors;
import org.postgresql.util.PGBinaryObject;
import org.postgresql.util.PGobject;

/**
 * A {@code uuid[]} for {@code PreparedStatement.setObject}, in binary where the connection's
 * property {@code binaryTransferEnable} names {@code UUID_ARRAY}, else as text. The driver has no
 * encoder of its own for ids (42.7.10, {@code ArrayEncoding}): as text each is 38 characters that
 * are looked at one by one on both sides, and a row of a batch has five to fifteen of them. The
 * format is that of PostgreSQL's {@code array_recv}.
 */
public final class UuidArray extends PGobject implements PGBinaryObject {
  private static final long serialVersionUID = 1;

  /** PostgreSQL's {@code pg_type.oid} of {@code uuid}. */
  private static final int UUID_OID = 2950;

  private static final int BYTES = 16;
  private static final int NULL = -1;

  private final UUID[] ids;

  private UuidArray(UUID[] ids) {
    setType("_uuid");
    this.ids = ids;
  }

  /**
   * @param ids null elements are NULL; not copied
   */
  static UuidArray of(UUID[] ids) {
    return new UuidArray(ids);
  }

  public static UuidArray of(Collection<UUID> ids) {
    return new UuidArray(ids.toArray(UUID[]::new));
  }

  @Override
  public String getValue() {
    return Arrays.stream(ids)
        .map(id -> id == null ? "NULL" : id.toString())
        .collect(Collectors.joining(",", "{", "}"));
  }

  @Override
  public int lengthInBytes() {
    int length = 3 * Integer.BYTES;
    if (ids.length > 0) {
      length += 2 * Integer.BYTES;
    }
    for (UUID id : ids) {
      length += Integer.BYTES + (id == null ? 0 : BYTES);
    }
    return length;
  }

  @Override
  public void toBytes(byte[] bytes, int offset) {
    ByteBuffer out = ByteBuffer.wrap(bytes, offset, bytes.length - offset);
    boolean empty = ids.length == 0;
    out.putInt(empty ? 0 : 1).putInt(hasNull() ? 1 : 0).putInt(UUID_OID);
    if (empty) {
      return;
    }
    out.putInt(ids.length).putInt(1);
    for (UUID id : ids) {
      if (id == null) {
        out.putInt(NULL);
      } else {
        out.putInt(BYTES)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits());
      }
    }
  }

  private boolean hasNull() {
    for (UUID id : ids) {
      if (id == null) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void setByteValue(byte[] value, int offset) {
    throw new UnsupportedOperationException("only sent, never read");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UuidArray array && Arrays.equals(ids, array.ids);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(ids);
  }

  @Override
  public Object clone() {
    return new UuidArray(ids.clone());
  }
}

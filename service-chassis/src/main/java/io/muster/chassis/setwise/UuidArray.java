package io.muster.chassis.setwise;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.UUID;
import org.postgresql.core.Oid;

/**
 * A {@code uuid[]} for {@code PreparedStatement.setObject}, in binary where the connection's
 * property {@code binaryTransferEnable} names {@code UUID_ARRAY}, else as text. The driver has no
 * encoder of its own for ids (42.7.10, {@code ArrayEncoding}): as text each is 38 characters that
 * are looked at one by one on both sides, and a row of a batch has five to fifteen of them.
 */
public final class UuidArray extends BinaryArray {
  private static final long serialVersionUID = 1;
  private static final int BYTES = 16;

  private final UUID[] ids;

  private UuidArray(UUID[] ids) {
    super("_uuid", Oid.UUID);
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
  int size() {
    return ids.length;
  }

  @Override
  boolean isNull(int i) {
    return ids[i] == null;
  }

  @Override
  int lengthOf(int i) {
    return BYTES;
  }

  @Override
  void put(int i, ByteBuffer out) {
    out.putLong(ids[i].getMostSignificantBits()).putLong(ids[i].getLeastSignificantBits());
  }

  @Override
  String quoted(int i) {
    return ids[i].toString();
  }
}

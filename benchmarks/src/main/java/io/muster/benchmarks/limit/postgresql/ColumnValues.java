package io.muster.benchmarks.limit.postgresql;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import org.postgresql.core.BaseConnection;
import org.postgresql.jdbc.PgArray;

/**
 * One column of a batch, growing into a one-dimensional array in PostgreSQL's binary format. One
 * thread at a time.
 */
public final class ColumnValues {
  /** Dimensions, whether there are nulls, element type, length, lower bound: 4 bytes each. */
  private static final int HEADER = 20;

  private static final int NULL = -1;

  private final int arrayOid;
  private final int elementOid;
  private byte[] bytes = new byte[1024];
  private int end = HEADER;
  private int count;
  private boolean nulls;

  /**
   * @param arrayOid of the parameter
   * @param elementOid of its elements
   */
  public ColumnValues(int arrayOid, int elementOid) {
    this.arrayOid = arrayOid;
    this.elementOid = elementOid;
  }

  /** Takes the next value as COPY wrote it: length, or -1 for null, then the bytes. */
  void add(DataInputStream in) throws IOException {
    int length = in.readInt();
    room(Integer.BYTES + Math.max(0, length));
    ByteBuffer.wrap(bytes).putInt(end, length);
    end += Integer.BYTES;
    count++;
    if (length == NULL) {
      nulls = true;
    } else {
      in.readFully(bytes, end, length);
      end += length;
    }
  }

  /** Takes all values of another batch of the same column. */
  public void add(ColumnValues others) {
    int length = others.end - HEADER;
    room(length);
    System.arraycopy(others.bytes, HEADER, bytes, end, length);
    end += length;
    count += others.count;
    nulls |= others.nulls;
  }

  private void room(int needed) {
    if (bytes.length - end < needed) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, end + needed));
    }
  }

  /** The array so far. */
  byte[] array() {
    ByteBuffer header = ByteBuffer.wrap(bytes);
    header.putInt(1).putInt(nulls ? 1 : 0).putInt(elementOid).putInt(count).putInt(1);
    return Arrays.copyOf(bytes, end);
  }

  /** Binds the array so far as it is, without a look at its values. */
  public void bind(Connection connection, PreparedStatement statement, int parameter)
      throws SQLException {
    BaseConnection wire = connection.unwrap(BaseConnection.class);
    statement.setArray(parameter, new PgArray(wire, arrayOid, array()));
  }
}

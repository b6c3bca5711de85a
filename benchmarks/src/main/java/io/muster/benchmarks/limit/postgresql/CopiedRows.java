package io.muster.benchmarks.limit.postgresql;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import org.postgresql.PGConnection;

/**
 * Rows in PostgreSQL's binary COPY format, in a file, read back as the columns of batches: what
 * {@code unnest} takes is cut from the very bytes that the server wrote, so that the one who writes
 * them again spends next to nothing on them. One thread at a time.
 */
public final class CopiedRows implements Closeable {
  private static final int BUFFER = 1 << 20;
  private static final String BINARY = "binary";
  private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', -1, '\r', '\n', 0};

  private final DataInputStream in;

  private CopiedRows(DataInputStream in) {
    this.in = in;
  }

  /**
   * Writes what a query finds into a file.
   *
   * @param query a table with its columns, or a query in parentheses
   * @return rows
   */
  public static long copy(Connection connection, String query, Path file)
      throws SQLException, IOException {
    return copy(connection, query, file, BINARY);
  }

  /** The same in another of COPY's formats, which can only be loaded again. */
  public static long copy(Connection connection, String query, Path file, String format)
      throws SQLException, IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER)) {
      return connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyOut("COPY " + query + " TO STDOUT (FORMAT " + format + ")", out);
    }
  }

  /**
   * Writes a file's rows into a table.
   *
   * @param target a table with its columns
   * @return rows
   */
  public static long load(Connection connection, String target, Path file)
      throws SQLException, IOException {
    return load(connection, target, file, BINARY);
  }

  /** The same from another of COPY's formats. */
  public static long load(Connection connection, String target, Path file, String format)
      throws SQLException, IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("COPY " + target + " FROM STDIN (FORMAT " + format + ")", in, BUFFER);
    }
  }

  /**
   * @throws IOException when it isn't such a file
   */
  public static CopiedRows open(Path file) throws IOException {
    DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER));
    CopiedRows rows = new CopiedRows(in);
    try {
      rows.readHeader(file);
      return rows;
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private void readHeader(Path file) throws IOException {
    byte[] signature = in.readNBytes(SIGNATURE.length);
    if (!Arrays.equals(signature, SIGNATURE)) {
      throw new IOException("not a file in PostgreSQL's binary COPY format: " + file);
    }
    in.readInt();
    in.skipNBytes(in.readInt());
  }

  /**
   * Adds the next rows to a batch, a value to each column; fewer at the end.
   *
   * @return rows added
   */
  public int next(int most, ColumnValues[] columns) throws IOException {
    for (int row = 0; row < most; row++) {
      int fields = in.readShort();
      if (fields < 0) {
        return row;
      }
      for (int field = 0; field < fields; field++) {
        columns[field].add(in);
      }
    }
    return most;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}

package io.muster.bulkingest.spool;

import io.muster.sealing.Keysets;
import io.muster.sealing.SealedFor;
import java.io.IOException;
import java.util.Arrays;
import java.util.UUID;

/**
 * Opens what an upload store keeps, and seals and opens rows that are kept elsewhere: the one of a
 * single call, and those of a job that grows. Thread-safe.
 */
public final class Spools {
  private static final String SINGLE = "single-row";

  private final UploadStore store;
  private final Keysets keysets;

  public Spools(UploadStore store, Keysets keysets) {
    this.store = store;
    this.keysets = keysets;
  }

  /**
   * Opens a job's spool; the first {@link SpoolReader#next()} gives row 1 unless it is told to
   * seek.
   *
   * @throws java.nio.file.NoSuchFileException when the spool is gone
   * @throws IOException also when it was altered or isn't this tenant's
   */
  public SpoolReader open(String tenant, UUID jobId) throws IOException {
    return new SpoolReader(
        new Parts(part -> store.part(jobId, part), keysets.streams(), tenant, jobId));
  }

  /** A single call's row, to be kept beside its job. */
  public byte[] seal(String tenant, UUID jobId, SpooledRow row) {
    return seal(row, new SealedFor(tenant, jobId, SINGLE));
  }

  /** A row of a job that grows, to be kept in a table: nowhere but under its number. */
  public byte[] sealNumbered(String tenant, UUID jobId, SpooledRow row) {
    return seal(row, numbered(tenant, jobId, row.row()));
  }

  private byte[] seal(SpooledRow row, SealedFor belongsTo) {
    RowFormat format = new RowFormat();
    format.encode(row);
    byte[] clear = new byte[format.length() + 1];
    clear[0] = RowFormat.VERSION;
    System.arraycopy(format.bytes(), 0, clear, 1, format.length());
    return keysets.bytes().seal(clear, belongsTo);
  }

  /**
   * @return the row, number 1
   * @throws IOException when it was altered or belongs to another job
   */
  public SpooledRow open(String tenant, UUID jobId, byte[] sealedRow) throws IOException {
    return open(1, sealedRow, new SealedFor(tenant, jobId, SINGLE));
  }

  /**
   * @param row its number
   * @throws IOException when it was altered, or belongs to another job or number
   */
  public SpooledRow openNumbered(String tenant, UUID jobId, long row, byte[] sealedRow)
      throws IOException {
    return open(row, sealedRow, numbered(tenant, jobId, row));
  }

  private static SealedFor numbered(String tenant, UUID jobId, long row) {
    return new SealedFor(tenant, jobId, "row/" + row);
  }

  private SpooledRow open(long row, byte[] sealedRow, SealedFor belongsTo) throws IOException {
    byte[] clear = keysets.bytes().open(sealedRow, belongsTo);
    if (clear.length == 0 || clear[0] != RowFormat.VERSION) {
      throw new IOException("a row of another release's format");
    }
    return new RowFormat()
        .decode(row, Arrays.copyOfRange(clear, 1, clear.length), 0, clear.length - 1);
  }
}

package io.muster.bulkingest.spool;

import io.muster.sealing.Keysets;
import java.io.IOException;
import java.util.UUID;

/** Opens what an upload store keeps, and seals and opens the one row of a single call. */
public final class Spools {
  public Spools(UploadStore store, Keysets keysets) {}

  /**
   * Opens a job's spool; the first {@link SpoolReader#next()} gives row 1 unless it is told to
   * seek.
   *
   * @throws java.nio.file.NoSuchFileException when the spool is gone
   * @throws IOException also when it was altered or isn't this tenant's
   */
  public SpoolReader open(String tenant, UUID jobId) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** A single call's row, to be kept beside its job. */
  public byte[] seal(String tenant, UUID jobId, SpooledRow row) {
    throw new UnsupportedOperationException();
  }

  /**
   * @throws IOException when it was altered or belongs to another job
   */
  public SpooledRow open(String tenant, UUID jobId, byte[] sealedRow) throws IOException {
    throw new UnsupportedOperationException();
  }
}

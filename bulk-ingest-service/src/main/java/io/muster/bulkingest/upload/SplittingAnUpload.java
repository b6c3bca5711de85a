package io.muster.bulkingest.upload;

import io.muster.bulkingest.spool.UploadStore;
import io.muster.sealing.Keysets;
import java.io.IOException;
import java.io.InputStream;

/**
 * Turns a stream of bytes into a sealed spool of validated rows, with the same few megabytes of
 * memory whatever the file's size. Thread-safe.
 */
public final class SplittingAnUpload {
  public SplittingAnUpload(
      UploadLimits limits, UploadStore store, Keysets keysets, RowRules rules) {}

  /**
   * Reads the body to its end. Whatever is thrown, nothing is left behind.
   *
   * @param body not closed here
   * @throws io.muster.chassis.problem.RequestRefused when the file can't be used as a whole:
   *     EMPTY_FILE, UNREADABLE_FILE, NO_HEADER, TOO_LARGE, or INVALID_REQUEST for a column to fill
   *     that isn't one
   * @throws IOException when the body broke off, or the store can't write
   */
  public SplitUpload split(InputStream body, UploadRequest request) throws IOException {
    throw new UnsupportedOperationException();
  }
}

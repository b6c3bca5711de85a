package io.muster.bulkingest.upload;

/** The limits as they are by default, or smaller ones. */
public record TestLimits(
    long maxBytes,
    long maxRows,
    int maxColumns,
    int maxFieldBytes,
    int maxRowBytes,
    int maxInflation,
    int sortBytes)
    implements UploadLimits {
  /** The same figures as the annotations in {@link UploadLimits}. */
  public static final TestLimits DEFAULT =
      new TestLimits(5L << 30, 20_000_000, 200, 64 << 10, 256 << 10, 200, 8 << 20);

  public TestLimits withBytes(long bytes) {
    return new TestLimits(
        bytes, maxRows, maxColumns, maxFieldBytes, maxRowBytes, maxInflation, sortBytes);
  }

  public TestLimits withRows(long rows) {
    return new TestLimits(
        maxBytes, rows, maxColumns, maxFieldBytes, maxRowBytes, maxInflation, sortBytes);
  }

  public TestLimits withFieldAndRowBytes(int fieldBytes, int rowBytes) {
    return new TestLimits(
        maxBytes, maxRows, maxColumns, fieldBytes, rowBytes, maxInflation, sortBytes);
  }

  public TestLimits withSortBytes(int bytes) {
    return new TestLimits(
        maxBytes, maxRows, maxColumns, maxFieldBytes, maxRowBytes, maxInflation, bytes);
  }
}

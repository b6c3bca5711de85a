package io.muster.gateway.track.row;

import io.muster.contracts.command.Part;
import io.muster.contracts.result.PartOutcome;
import io.muster.contracts.topic.Topics;
import java.util.Arrays;

/**
 * The parts of the rows of one chunk as planes of bits, four per part: expected (the row has the
 * part), applied, ended, refused. Bits are only ever set: NONE is no bit, APPLIED is applied,
 * REJECTED is ended + refused, UNDONE is ended + applied, SKIPPED is ended alone. Not thread-safe:
 * whoever changes one holds the lock on its row in {@code job_progress}.
 */
public final class ChunkPlanes {
  /** In the order in which {@link #planes()} gives them. */
  public static final String COLUMNS =
      """
      user_expected, user_applied, user_ended, user_refused,
      license_expected, license_applied, license_ended, license_refused""";

  /** How many planes there are. */
  public static final int PLANES = 8;

  private static final int ROWS = Topics.ROWS_PER_RESULT_KEY;
  private static final int BYTES = ROWS / Byte.SIZE;
  private static final int EXPECTED = 0;
  private static final int APPLIED = 1;
  private static final int ENDED = 2;
  private static final int REFUSED = 3;
  private static final byte[] EMPTY = {};

  private final byte[][] planes = new byte[PLANES][];

  /**
   * @param stored as {@link #planes()} gave them; a missing or short plane has no further bits
   */
  public ChunkPlanes(byte[][] stored) {
    for (int plane = 0; plane < PLANES; plane++) {
      byte[] bits = plane < stored.length && stored[plane] != null ? stored[plane] : EMPTY;
      planes[plane] = Arrays.copyOf(bits, BYTES);
    }
  }

  /** Nothing heard of any row. */
  public static ChunkPlanes empty() {
    return new ChunkPlanes(new byte[0][]);
  }

  /** The chunk that a row belongs to: the rows that share a key on the results' topic. */
  public static int chunkOf(long row) {
    return Math.toIntExact(Topics.chunkOf(row));
  }

  /** The first row number of a chunk; chunk 0 has no row 0. */
  public static long firstRowOf(int chunk) {
    return (long) chunk * ROWS;
  }

  /** What is known of a row of this chunk. */
  public PartsOfARow row(long row) {
    int bit = (int) (row % ROWS);
    return new PartsOfARow(part(Part.USER, bit), part(Part.LICENSE, bit));
  }

  /** Sets the bits of a row of this chunk. */
  public void put(long row, PartsOfARow parts) {
    int bit = (int) (row % ROWS);
    put(Part.USER, bit, parts.user());
    put(Part.LICENSE, bit, parts.license());
  }

  /** For the table: a plane without a set bit is empty. */
  public byte[][] planes() {
    byte[][] stored = new byte[PLANES][];
    for (int plane = 0; plane < PLANES; plane++) {
      stored[plane] = isClear(planes[plane]) ? EMPTY : planes[plane].clone();
    }
    return stored;
  }

  private PartOutcome part(Part part, int bit) {
    if (!has(part, EXPECTED, bit)) {
      return null;
    }
    boolean applied = has(part, APPLIED, bit);
    if (has(part, ENDED, bit)) {
      if (has(part, REFUSED, bit)) {
        return PartOutcome.REJECTED;
      }
      return applied ? PartOutcome.UNDONE : PartOutcome.SKIPPED;
    }
    return applied ? PartOutcome.APPLIED : PartOutcome.NONE;
  }

  private void put(Part part, int bit, PartOutcome outcome) {
    if (outcome == null) {
      return;
    }
    set(part, EXPECTED, bit);
    switch (outcome) {
      case NONE -> {}
      case APPLIED -> set(part, APPLIED, bit);
      case SKIPPED -> set(part, ENDED, bit);
      case REJECTED -> {
        set(part, ENDED, bit);
        set(part, REFUSED, bit);
      }
      case UNDONE -> {
        set(part, ENDED, bit);
        set(part, APPLIED, bit);
      }
    }
  }

  private boolean has(Part part, int plane, int bit) {
    return (plane(part, plane)[bit >> 3] & (1 << (bit & 7))) != 0;
  }

  private void set(Part part, int plane, int bit) {
    plane(part, plane)[bit >> 3] |= (byte) (1 << (bit & 7));
  }

  private byte[] plane(Part part, int plane) {
    return planes[(part == Part.LICENSE ? PLANES / 2 : 0) + plane];
  }

  private static boolean isClear(byte[] plane) {
    for (byte b : plane) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }
}

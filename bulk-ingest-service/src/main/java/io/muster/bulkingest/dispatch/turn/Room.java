package io.muster.bulkingest.dispatch.turn;

/**
 * What may still be put on the bus in one round. Single calls have 30 % of the window, which files
 * leave free for them, so that a call finds room also while the largest file runs; beyond that they
 * take what files leave. Not thread-safe.
 *
 * <p>Everything is in the cost of an ordinary command. Whoever is let in may be larger than the
 * room that is left, but is the last one then: no more than one slice goes beyond the window.
 */
public final class Room {
  public static final int PERCENT_FOR_SINGLES = 30;

  /**
   * Files wait until that part of the window is free: what is sent row by row is received, hashed,
   * stored and counted row by row.
   */
  private static final int PARTS = 5;

  private final long window;
  private final long forSingles;
  private final boolean filesWait;
  private long singlesOut;
  private long filesOut;
  private boolean begun;

  /**
   * @param window what may be out, all together
   * @param singlesOut what single calls have out
   * @param filesOut what files have out
   * @param filesWait whether files have rows to send: only then are single calls bounded
   */
  public Room(long window, long singlesOut, long filesOut, boolean filesWait) {
    this.window = window;
    this.forSingles = share(window);
    this.filesWait = filesWait;
    this.singlesOut = singlesOut;
    this.filesOut = filesOut;
  }

  /** How much of a window single calls have for themselves; at least one row's. */
  public static long share(long window) {
    return Math.max(1, window * PERCENT_FOR_SINGLES / 100);
  }

  /** Nothing may be sent that costs more; at 0 or below nothing at all. */
  public long singles() {
    long left = window - singlesOut - filesOut;
    return filesWait ? Math.min(left, forSingles - singlesOut) : left;
  }

  /** Likewise for files. */
  public long files() {
    long left = Math.min(window - forSingles - filesOut, window - singlesOut - filesOut);
    return left < window / PARTS && !begun ? 0 : left;
  }

  public void tookSingle(long cost) {
    singlesOut += cost;
  }

  public void tookFile(long cost) {
    begun = true;
    filesOut += cost;
  }
}

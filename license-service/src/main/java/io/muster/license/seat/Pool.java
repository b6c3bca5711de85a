package io.muster.license.seat;

/**
 * A subscription's seats, in memory while a batch is decided. Not thread-safe.
 *
 * <p>Whoever holds its row's lock owns all its assignments, too. A dry run's is a copy that nobody
 * locks.
 */
public final class Pool {
  /** Names a subscription. */
  public record Key(String tenant, String sku) {}

  private final Key key;
  private final int total;
  private final int before;
  private int assigned;

  public Pool(Key key, int total, int assigned) {
    this.key = key;
    this.total = total;
    this.before = assigned;
    this.assigned = assigned;
  }

  public Key key() {
    return key;
  }

  public int assigned() {
    return assigned;
  }

  public boolean hasSeatLeft() {
    return assigned < total;
  }

  public boolean isChanged() {
    return assigned != before;
  }

  /** By how many seats more, or less, are assigned than when the batch began. */
  public int change() {
    return assigned - before;
  }

  /** Seats that nobody had when the batch began. */
  public int freeBefore() {
    return Math.max(0, total - before);
  }

  void take() {
    assigned++;
  }

  void free() {
    assigned--;
  }
}

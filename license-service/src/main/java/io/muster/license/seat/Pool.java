package io.muster.license.seat;

/**
 * A subscription's seats, locked, in memory while a batch is decided. Not thread-safe.
 *
 * <p>Whoever holds its row's lock owns all its assignments, too.
 */
public final class Pool {
  /** Names a subscription. */
  public record Key(String tenant, String sku) {}

  private final Key key;
  private final int total;
  private final int before;
  private int assigned;

  Pool(Key key, int total, int assigned) {
    this.key = key;
    this.total = total;
    this.before = assigned;
    this.assigned = assigned;
  }

  Key key() {
    return key;
  }

  int assigned() {
    return assigned;
  }

  public boolean hasSeatLeft() {
    return assigned < total;
  }

  boolean isChanged() {
    return assigned != before;
  }

  void take() {
    assigned++;
  }

  void free() {
    assigned--;
  }
}

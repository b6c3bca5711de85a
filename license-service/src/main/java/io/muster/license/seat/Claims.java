package io.muster.license.seat;

import io.muster.contracts.command.Stamp;
import java.util.ArrayList;
import java.util.List;

/**
 * Who claimed one seat for one user, oldest first; the newest is the seat's stamp. As long as a
 * claim is left, the user holds the seat. Why so, and what the limit costs: {@code
 * docs/decisions/0006-seats-as-claims.md}. Not thread-safe.
 */
public final class Claims {
  /** Claims that can still be undone; older ones melt into one that can't. */
  static final int MOST_UNDOABLE = 32;

  private final List<Stamp> stamps;
  private boolean oldestIsPermanent;

  /** Nobody claims the seat. */
  public Claims() {
    this(List.of(), false);
  }

  /**
   * As they were kept.
   *
   * @param oldestFirst each newer than the one before
   * @param oldestIsPermanent the first stands for older ones that are no longer told apart
   */
  public Claims(List<Stamp> oldestFirst, boolean oldestIsPermanent) {
    this.stamps = new ArrayList<>(oldestFirst);
    this.oldestIsPermanent = oldestIsPermanent;
  }

  public boolean isEmpty() {
    return stamps.isEmpty();
  }

  /** The seat's stamp; null when nobody claims it. */
  public Stamp newest() {
    return stamps.isEmpty() ? null : stamps.get(stamps.size() - 1);
  }

  /** The others, oldest first. */
  public List<Stamp> earlier() {
    return stamps.isEmpty() ? List.of() : stamps.subList(0, stamps.size() - 1);
  }

  public boolean oldestIsPermanent() {
    return oldestIsPermanent;
  }

  /** Something newer than this stamp holds the seat. */
  public boolean hasNewerThan(Stamp stamp) {
    return !stamps.isEmpty() && newest().compareTo(stamp) > 0;
  }

  /**
   * Claims the seat, also one that is held already: the newer stamp is taken over.
   *
   * @param stamp not older than the newest
   */
  public void add(Stamp stamp) {
    if (hasNewerThan(stamp)) {
      throw new IllegalArgumentException("an older claim would hide a newer one");
    }
    if (stamp.equals(newest())) {
      return;
    }
    stamps.add(stamp);
    if (stamps.size() - (oldestIsPermanent ? 1 : 0) > MOST_UNDOABLE) {
      if (oldestIsPermanent) {
        stamps.remove(0);
      }
      oldestIsPermanent = true;
    }
  }

  /**
   * Takes one claim away, wherever it stands. One that isn't there (released, or melted into the
   * permanent one) leaves all as it is.
   */
  public void undo(Stamp stamp) {
    int at = stamps.indexOf(stamp);
    if (at > 0 || (at == 0 && !oldestIsPermanent)) {
      stamps.remove(at);
    }
  }

  /** Takes away every claim that isn't newer than the release. */
  public void release(Stamp release) {
    while (!stamps.isEmpty() && stamps.get(0).compareTo(release) <= 0) {
      stamps.remove(0);
      oldestIsPermanent = false;
    }
  }
}

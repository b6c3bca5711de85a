package io.muster.license.seat;

import io.muster.contracts.command.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

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

  /** Confirms the claims without being one; newer than all of them, or null. */
  private Stamp confirmation;

  /** Nobody claims the seat. */
  public Claims() {
    this(List.of(), false, null);
  }

  /**
   * As they were kept.
   *
   * @param oldestFirst each newer than the one before
   * @param oldestIsPermanent the first stands for older ones that are no longer told apart
   * @param confirmation newer than all of them, claims nothing; null where there is none
   */
  public Claims(List<Stamp> oldestFirst, boolean oldestIsPermanent, Stamp confirmation) {
    this.stamps = new ArrayList<>(oldestFirst);
    this.oldestIsPermanent = oldestIsPermanent;
    this.confirmation = confirmation;
  }

  public boolean isEmpty() {
    return stamps.isEmpty();
  }

  /** The seat's stamp; null when nobody claims it. */
  public Stamp newest() {
    if (confirmation != null) {
      return confirmation;
    }
    return stamps.isEmpty() ? null : stamps.get(stamps.size() - 1);
  }

  /** The claims below {@link #newest()}, oldest first. */
  public List<Stamp> earlier() {
    return stamps.isEmpty() || confirmation != null ? stamps : stamps.subList(0, stamps.size() - 1);
  }

  public boolean oldestIsPermanent() {
    return oldestIsPermanent;
  }

  /** Whether {@link #newest()} claims nothing itself. */
  public boolean newestOnlyConfirms() {
    return confirmation != null;
  }

  /** Something newer than this stamp holds the seat. */
  public boolean hasNewerThan(Stamp stamp) {
    return !stamps.isEmpty() && newest().compareTo(stamp) > 0;
  }

  /** A claim of this stamp is there and can be undone. */
  public boolean has(Stamp stamp) {
    int at = stamps.indexOf(stamp);
    return at > 0 || (at == 0 && !oldestIsPermanent);
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
    confirmation = null;
    stamps.add(stamp);
    melt();
  }

  /**
   * Takes one claim away, wherever it stands. One that isn't there (released, or melted into the
   * permanent one) leaves all as it is.
   */
  public void undo(Stamp stamp) {
    if (has(stamp)) {
      stamps.remove(stamp);
      forgetConfirmationOfNothing();
    }
  }

  /**
   * Takes away every claim that isn't newer than the release; none where something newer confirmed
   * them.
   *
   * @return what was taken
   */
  public Claims release(Stamp release) {
    Claims taken = new Claims();
    if (confirmation != null && confirmation.compareTo(release) > 0) {
      return taken;
    }
    while (!stamps.isEmpty() && stamps.get(0).compareTo(release) <= 0) {
      taken.stamps.add(stamps.remove(0));
      taken.oldestIsPermanent |= oldestIsPermanent;
      oldestIsPermanent = false;
    }
    forgetConfirmationOfNothing();
    return taken;
  }

  /**
   * Brings claims back that were taken, each to its place by age.
   *
   * @param asOf the intention that this is done by, which the seat then carries as its stamp unless
   *     something newer claims it; null for one that never was
   */
  public void bringBack(Claims taken, Stamp asOf) {
    Stamp permanent = newer(permanent(), taken.permanent());
    TreeSet<Stamp> all = new TreeSet<>(stamps);
    all.addAll(taken.stamps);
    stamps.clear();
    stamps.addAll(permanent == null ? all : all.tailSet(permanent));
    oldestIsPermanent = permanent != null;
    melt();
    Stamp newestConfirmation = newer(confirmation, asOf);
    confirmation = null;
    if (newestConfirmation != null && !hasNewerThan(newestConfirmation)) {
      confirmation = newestConfirmation;
    }
    forgetConfirmationOfNothing();
  }

  private void melt() {
    while (stamps.size() - (oldestIsPermanent ? 1 : 0) > MOST_UNDOABLE) {
      if (oldestIsPermanent) {
        stamps.remove(0);
      }
      oldestIsPermanent = true;
    }
  }

  private void forgetConfirmationOfNothing() {
    if (stamps.isEmpty()) {
      confirmation = null;
    }
  }

  private Stamp permanent() {
    return oldestIsPermanent ? stamps.get(0) : null;
  }

  private static Stamp newer(Stamp one, Stamp other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.compareTo(other) >= 0 ? one : other;
  }
}

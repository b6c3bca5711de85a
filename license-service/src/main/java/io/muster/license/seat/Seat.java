package io.muster.license.seat;

/**
 * One user's seat in one subscription, in memory while a batch is decided. Changed through the
 * {@link Ledger} only, which keeps the pool's sum in step. Not thread-safe.
 */
public final class Seat {
  private final User user;
  private final String sku;
  private final Claims claims;
  private final boolean stored;
  private String userPrincipalName;
  private boolean changed;
  private boolean takenAnew;

  /**
   * A seat as it is kept.
   *
   * @param claims empty where it is kept that nobody holds it
   */
  public static Seat stored(User user, String sku, String userPrincipalName, Claims claims) {
    return new Seat(user, sku, userPrincipalName, claims, true);
  }

  /** A seat that nobody holds yet. */
  static Seat free(User user, String sku) {
    return new Seat(user, sku, null, new Claims(), false);
  }

  private Seat(User user, String sku, String userPrincipalName, Claims claims, boolean stored) {
    this.user = user;
    this.sku = sku;
    this.userPrincipalName = userPrincipalName;
    this.claims = claims;
    this.stored = stored;
  }

  public String sku() {
    return sku;
  }

  public boolean isHeld() {
    return !claims.isEmpty();
  }

  public User user() {
    return user;
  }

  public Claims claims() {
    return claims;
  }

  /** As written by whoever took the seat first; null when nobody has. */
  public String userPrincipalName() {
    return userPrincipalName;
  }

  void takenBy(String asWritten) {
    userPrincipalName = asWritten;
    takenAnew = true;
  }

  void changed() {
    changed = true;
  }

  public boolean isChanged() {
    return changed;
  }

  /** It stands in the table, held or not. */
  public boolean isKnown() {
    return stored;
  }

  public boolean isToBeWritten() {
    return changed && isHeld();
  }

  public boolean isToBeDeleted() {
    return stored && !isHeld();
  }

  /** The user has held it since before this batch. */
  public boolean isKept() {
    return stored && !takenAnew;
  }
}

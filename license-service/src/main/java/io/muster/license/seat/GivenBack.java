package io.muster.license.seat;

import io.muster.contracts.command.CommandId;
import io.muster.contracts.command.Stamp;
import java.util.Objects;
import java.util.UUID;

/**
 * The claims that one command took off one seat, kept so that they can be brought back. Changed
 * through the {@link Ledger} only. Not thread-safe.
 */
public final class GivenBack {
  /**
   * The command that took them.
   *
   * @param account whose seats they were; null where the command didn't say
   * @param isExactSet it named the seats that stay; else a release
   */
  public record By(CommandId id, Stamp stamp, UUID account, boolean isExactSet) {
    public By {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(stamp, "stamp");
    }
  }

  private final User user;
  private final String sku;
  private final By by;
  private final Claims claims;
  private final boolean stored;
  private boolean changed;
  private boolean broughtBack;

  /** As it is kept. */
  public static GivenBack stored(User user, String sku, By by, Claims claims) {
    return new GivenBack(user, sku, by, claims, true);
  }

  /** Just now. */
  static GivenBack now(User user, String sku, By by, Claims claims) {
    return new GivenBack(user, sku, by, claims, false);
  }

  private GivenBack(User user, String sku, By by, Claims claims, boolean stored) {
    this.user = user;
    this.sku = sku;
    this.by = by;
    this.claims = claims;
    this.stored = stored;
  }

  public User user() {
    return user;
  }

  public String sku() {
    return sku;
  }

  public By by() {
    return by;
  }

  public Claims claims() {
    return claims;
  }

  /** Nothing is left that could be brought back. */
  public boolean isGone() {
    return broughtBack || claims.isEmpty();
  }

  void undo(Stamp stamp) {
    if (claims.has(stamp)) {
      claims.undo(stamp);
      changed = true;
    }
  }

  void isBroughtBack() {
    broughtBack = true;
  }

  public boolean isToBeWritten() {
    return !isGone() && (!stored || changed);
  }

  public boolean isToBeDeleted() {
    return stored && isGone();
  }
}

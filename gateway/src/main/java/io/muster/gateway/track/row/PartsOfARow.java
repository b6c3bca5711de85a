package io.muster.gateway.track.row;

import io.muster.contracts.command.Part;
import io.muster.contracts.result.PartOutcome;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * How far the parts of one row have come on the bus, whatever order their results arrive in, and
 * what that makes of the row. Immutable.
 *
 * <p>A part goes from NONE to any other outcome, and from APPLIED to UNDONE; everything else is a
 * repeat. All parts APPLIED: SUCCEEDED. Any REJECTED, and all others REJECTED, UNDONE or SKIPPED:
 * FAILED. Anything else is in flight: a REJECTED part beside an APPLIED one waits for the undo. A
 * row that has ended stays as it is.
 *
 * @param user null when the row has no such part, or it isn't known yet
 * @param license null when the row has no such part, or it isn't known yet
 */
public record PartsOfARow(PartOutcome user, PartOutcome license) {
  /** Nothing was heard of the row. */
  public static final PartsOfARow UNHEARD = new PartsOfARow(null, null);

  /**
   * Takes a result in.
   *
   * @param parts all parts that the row has on the bus, as the result says
   * @return this very object when the result tells nothing new
   */
  public PartsOfARow heard(Part part, PartOutcome outcome, Set<Part> parts) {
    if (outcome() != RowOutcome.IN_FLIGHT) {
      return this;
    }
    PartsOfARow next =
        new PartsOfARow(
            next(Part.USER, user, part, outcome, parts),
            next(Part.LICENSE, license, part, outcome, parts));
    return next.equals(this) ? this : next;
  }

  /** IN_FLIGHT, SUCCEEDED or FAILED. */
  public RowOutcome outcome() {
    if (all(PartOutcome.APPLIED, user) && all(PartOutcome.APPLIED, license) && !isUnheard()) {
      return RowOutcome.SUCCEEDED;
    }
    boolean rejected = user == PartOutcome.REJECTED || license == PartOutcome.REJECTED;
    return rejected && leavesNothing(user) && leavesNothing(license)
        ? RowOutcome.FAILED
        : RowOutcome.IN_FLIGHT;
  }

  /**
   * Where the code that is shown comes from: USER before LICENSE.
   *
   * @return null when no part was rejected
   */
  public Part toBlame() {
    if (user == PartOutcome.REJECTED) {
      return Part.USER;
    }
    return license == PartOutcome.REJECTED ? Part.LICENSE : null;
  }

  /**
   * @param part USER or LICENSE
   * @return null when the row has no such part, or it isn't known yet
   */
  public PartOutcome of(Part part) {
    return switch (part) {
      case USER -> user;
      case LICENSE -> license;
      case FILE -> null;
    };
  }

  /** The known parts, in the order of {@link Part}. */
  public Map<Part, PartOutcome> known() {
    Map<Part, PartOutcome> known = new EnumMap<>(Part.class);
    if (user != null) {
      known.put(Part.USER, user);
    }
    if (license != null) {
      known.put(Part.LICENSE, license);
    }
    return known;
  }

  private boolean isUnheard() {
    return user == null && license == null;
  }

  private static PartOutcome next(
      Part mine, PartOutcome now, Part heard, PartOutcome outcome, Set<Part> parts) {
    if (mine != heard) {
      return now == null && parts.contains(mine) ? PartOutcome.NONE : now;
    }
    boolean fresh = now == null || now == PartOutcome.NONE;
    boolean undone = now == PartOutcome.APPLIED && outcome == PartOutcome.UNDONE;
    return fresh || undone ? outcome : now;
  }

  private static boolean all(PartOutcome wanted, PartOutcome found) {
    return found == null || found == wanted;
  }

  private static boolean leavesNothing(PartOutcome found) {
    return found == null
        || found == PartOutcome.REJECTED
        || found == PartOutcome.UNDONE
        || found == PartOutcome.SKIPPED;
  }
}

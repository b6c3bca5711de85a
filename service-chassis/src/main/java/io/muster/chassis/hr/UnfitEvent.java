package io.muster.chassis.hr;

import io.muster.contracts.hr.DeadReason;
import java.util.Objects;

/**
 * What came isn't an event of HR. An answer, not a fault: no stack trace. No text in here holds a
 * value of the event.
 */
public final class UnfitEvent extends Exception {
  private static final long serialVersionUID = 1L;

  private final DeadReason reason;
  private final String field;
  private final transient KnownOfIt known;

  /**
   * What could be read of it nevertheless; each null where it couldn't.
   *
   * @param tenant well-formed
   */
  public record KnownOfIt(String tenant, String source, String id, String type, String employeeId) {
    static final KnownOfIt NOTHING = new KnownOfIt(null, null, null, null, null);

    /** Whether it can be accounted for by name. */
    public boolean isNamed() {
      return tenant != null && source != null && id != null;
    }
  }

  UnfitEvent(DeadReason reason, String field, String sentence, KnownOfIt known) {
    super(sentence, null, false, false);
    this.reason = Objects.requireNonNull(reason, "reason");
    this.field = field;
    this.known = known;
  }

  public DeadReason reason() {
    return reason;
  }

  /** The field to blame, {@code data.employeeId} for example; null when none is. */
  public String field() {
    return field;
  }

  /** Never null. */
  public KnownOfIt known() {
    return known == null ? KnownOfIt.NOTHING : known;
  }
}

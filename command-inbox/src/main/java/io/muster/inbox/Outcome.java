package io.muster.inbox;

import io.muster.contracts.result.PartOutcome;
import io.muster.contracts.result.RowCode;
import java.util.List;
import java.util.Objects;

/**
 * What became of a command, for ever: a repeat gets the same again.
 *
 * @param part never NONE
 * @param code why it was refused; null unless REJECTED
 * @param detail one sentence for people; null when there is none; never holds a secret
 * @param happened what the tenant's other systems are to be told; null where the command itself
 *     says it, which is so for nearly all, and keeps the stored row narrow
 */
public record Outcome(PartOutcome part, RowCode code, String detail, List<Happening> happened) {
  private static final Outcome APPLIED = new Outcome(PartOutcome.APPLIED, null, null);
  private static final Outcome UNDONE = new Outcome(PartOutcome.UNDONE, null, null);

  public Outcome {
    Objects.requireNonNull(part, "part");
    if (part == PartOutcome.NONE || (code != null) != (part == PartOutcome.REJECTED)) {
      throw new IllegalArgumentException("a code belongs to REJECTED, and NONE is no outcome");
    }
    happened = happened == null ? null : List.copyOf(happened);
  }

  /** One of which the command says what happened. */
  public Outcome(PartOutcome part, RowCode code, String detail) {
    this(part, code, detail, null);
  }

  /** It was done. */
  public static Outcome applied() {
    return APPLIED;
  }

  /**
   * Done, with something that its people should know.
   *
   * @param detail one sentence, never a secret
   */
  public static Outcome applied(String detail) {
    return new Outcome(PartOutcome.APPLIED, null, detail);
  }

  /** It won't be done: its undo came first. */
  public static Outcome undone() {
    return UNDONE;
  }

  /** It was refused, with the code's own remedy. */
  public static Outcome rejected(RowCode code) {
    return rejected(code, null);
  }

  /**
   * It was refused.
   *
   * @param detail one sentence with cause and cure; null when the code says it all
   */
  public static Outcome rejected(RowCode code, String detail) {
    return new Outcome(PartOutcome.REJECTED, code, detail);
  }

  /**
   * The same, telling other systems more or less than the command would.
   *
   * @param happened null where the command says it
   */
  public Outcome telling(List<Happening> happened) {
    return Objects.equals(this.happened, happened)
        ? this
        : new Outcome(part, code, detail, happened);
  }
}

package io.muster.user.provisioning.reverting;

import io.muster.contracts.command.Stamp;
import io.muster.inbox.Outcome;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the outcome of an undo row tells which intention it took back. It stands in the sentence for
 * people, because what follows for license-service must be told from the stored outcome alone, with
 * every repeat, and the kept change may be gone by then.
 */
public final class TakenBack {
  private static final Pattern TOLD = Pattern.compile("\\(submission (\\d+), row (\\d+)\\)");

  private static final String GONE = "Taken back, and the account is gone";
  private static final String REMOVED = "Taken back, and the account is in the recycle bin";

  private TakenBack() {}

  /** The row was undone. */
  static Outcome outcome(Stamp reverted) {
    return told("Taken back", reverted);
  }

  /** The row was undone, and the account that it had made is gone. */
  static Outcome gone(Stamp reverted) {
    return told(GONE, reverted);
  }

  /** The row was undone, and the account that it had restored is removed again. */
  static Outcome removed(Stamp reverted) {
    return told(REMOVED, reverted);
  }

  /** There was nothing left to undo. */
  static Outcome already(Stamp reverted) {
    return told("Taken back already", reverted);
  }

  private static Outcome told(String what, Stamp reverted) {
    return Outcome.applied(
        "%s (submission %d, row %d).".formatted(what, reverted.submission(), reverted.row()));
  }

  /** Whether an applied undo row left no account in use that could hold seats. */
  public static boolean leavesNoHolder(Outcome outcome) {
    String detail = outcome.detail();
    return detail != null && (detail.startsWith(GONE) || detail.startsWith(REMOVED));
  }

  /**
   * @return which intention an applied undo row took back
   */
  public static Optional<Stamp> stamp(Outcome outcome) {
    if (outcome.detail() == null) {
      return Optional.empty();
    }
    Matcher told = TOLD.matcher(outcome.detail());
    return told.find()
        ? Optional.of(new Stamp(Long.parseLong(told.group(1)), Long.parseLong(told.group(2))))
        : Optional.empty();
  }
}

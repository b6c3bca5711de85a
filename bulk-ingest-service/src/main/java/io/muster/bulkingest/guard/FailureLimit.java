package io.muster.bulkingest.guard;

import io.muster.chassis.problem.RequestRefused;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many rows of a job may fail before it stops and asks: more than a number of rows, or more
 * than a percentage of those that have finished.
 *
 * @param amount rows, or percent
 * @param isPercent which of the two
 * @param isExact of rows: not one more may fail, so that no more are on the bus than may
 */
public record FailureLimit(long amount, boolean isPercent, boolean isExact) {
  private static final Pattern WRITTEN = Pattern.compile("(\\d{1,9})\\s*(%?)");

  /** One that a few rows may pass. */
  public FailureLimit(long amount, boolean isPercent) {
    this(amount, isPercent, false);
  }

  /**
   * @param written {@code 500} or {@code 5%}; null or blank for none
   * @return null for none
   * @throws RequestRefused INVALID_REQUEST for anything else
   */
  public static FailureLimit asked(String written) {
    if (written == null || written.isBlank()) {
      return null;
    }
    Matcher matcher = WRITTEN.matcher(written.strip());
    if (matcher.matches()) {
      boolean isPercent = !matcher.group(2).isEmpty();
      long amount = Long.parseLong(matcher.group(1));
      if (!isPercent || amount <= 100) {
        return new FailureLimit(amount, isPercent);
      }
    }
    throw RequestRefused.invalid(
        "maxFailures",
        "Write how many rows may fail, for example 500, or a share of the finished ones from 0% to"
            + " 100%.");
  }

  /** The same, of which not one row is passed; a percentage stays as it is. */
  FailureLimit exactly() {
    return new FailureLimit(amount, isPercent, !isPercent);
  }

  /** Not with all rows of a hundred. */
  boolean canBeExceeded() {
    return !isPercent || amount < 100;
  }

  /** As an upload may ask for it: {@code 500} or {@code 5%}. */
  public String asWritten() {
    return isPercent ? amount + "%" : Long.toString(amount);
  }

  /**
   * Whether that many failures are too many. Rows refused at the door count on neither side.
   *
   * @param finished rows that came back from the bus, failed ones included
   * @param enough finished rows before a percentage means anything
   * @return one sentence with the numbers and what to do; empty while the job may go on
   */
  public Optional<String> exceeded(long finished, long failed, long enough) {
    boolean tooMany =
        isPercent ? finished >= enough && failed * 100 > finished * amount : failed > amount;
    return tooMany
        ? Optional.of(
            failed
                + " of "
                + finished
                + " finished rows failed, and more than "
                + (isPercent ? amount + " % of them" : amount + " rows")
                + " stop the job. Look at its failures, then resume it to go on without this"
                + " limit, or cancel it.")
        : Optional.empty();
  }

  /**
   * How many further rows may fail, all of them, before these counts are too many.
   *
   * @return below 0 when they are already; means nothing for a limit that can't be exceeded
   */
  long left(long finished, long failed) {
    return isPercent ? (finished * amount - failed * 100) / (100 - amount) : amount - failed;
  }

  /** Less than half of what is allowed has failed. */
  boolean isCalm(long finished, long failed) {
    return isPercent ? failed * 200 <= finished * amount : failed * 2 <= amount;
  }
}

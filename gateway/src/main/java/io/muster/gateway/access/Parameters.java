package io.muster.gateway.access;

import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.command.Operation;
import io.muster.contracts.job.RequestCode;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;

/** Reads the parameters of requests; what can't be read is refused with the parameter's name. */
public final class Parameters {
  private static final int DEFAULT_LIMIT = 100;
  private static final int LARGEST_LIMIT = 1_000;

  private Parameters() {}

  /**
   * @param text null for the default
   * @return 1 to 1,000
   */
  public static int limit(String text) {
    if (text == null) {
      return DEFAULT_LIMIT;
    }
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= LARGEST_LIMIT) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // Refused below, like a number outside the range.
    }
    throw RequestRefused.invalid("limit", "limit is a number from 1 to 1,000.");
  }

  /**
   * @param text null when the parameter wasn't given
   * @return null for null
   */
  public static <E extends Enum<E>> E word(String field, String text, Class<E> words) {
    if (text == null) {
      return null;
    }
    String wanted = text.strip().toUpperCase(Locale.ROOT).replace('-', '_');
    for (E word : words.getEnumConstants()) {
      if (word.name().equals(wanted)) {
        return word;
      }
    }
    throw RequestRefused.invalid(
        field, field + " is one of " + Arrays.toString(words.getEnumConstants()) + ".");
  }

  /**
   * @param text null is refused as well
   */
  public static Operation operation(String text) {
    return Operation.of(text)
        .orElseThrow(
            () ->
                RequestRefused.invalid(
                    "operation",
                    "operation is one of "
                        + String.join(
                            ", ", Arrays.stream(Operation.values()).map(Operation::word).toList())
                        + "."));
  }

  /** A row number to go on after; 0 for null. */
  public static long rowAfter(String text) {
    if (text == null) {
      return 0;
    }
    try {
      long row = Long.parseLong(text);
      if (row >= 0) {
        return row;
      }
    } catch (NumberFormatException e) {
      // Refused below, like a negative number.
    }
    throw RequestRefused.invalid("after", "after is the next of an earlier page.");
  }

  /** A job to go on after; null for null. */
  public static UUID jobAfter(String text) {
    if (text == null) {
      return null;
    }
    UUID job = uuid(text);
    if (job == null) {
      throw RequestRefused.invalid("after", "after is the next of an earlier page.");
    }
    return job;
  }

  /** A job's id out of a path: what is no id is a job that isn't there. */
  public static UUID jobId(String text) {
    UUID job = uuid(text);
    if (job == null) {
      throw noSuchJob();
    }
    return job;
  }

  /** The answer for a job that isn't there or outside the caller's sight. */
  public static RequestRefused noSuchJob() {
    return RequestRefused.because(RequestCode.NOT_FOUND, "There is no such job in your sight.");
  }

  private static UUID uuid(String text) {
    try {
      UUID uuid = UUID.fromString(text);
      // fromString takes shortened forms too; an id has one spelling.
      return uuid.toString().equalsIgnoreCase(text) ? uuid : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}

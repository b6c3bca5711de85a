package io.muster.cli.job;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The service's times and durations (ISO 8601) as people read them. */
public final class Times {
  private Times() {}

  /** To the second; as it is when it is no time; null stays null. */
  public static String second(String time) {
    try {
      return time == null ? null : Instant.parse(time).truncatedTo(ChronoUnit.SECONDS).toString();
    } catch (DateTimeException e) {
      return time;
    }
  }

  /** Null when one of them isn't there. */
  static Duration between(String begin, String end) {
    try {
      return begin == null || end == null
          ? null
          : Duration.between(Instant.parse(begin), Instant.parse(end));
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** {@code PT1H5M30S} as {@code 1 h 5 min 30 s}; as it is when it is no duration. */
  public static String words(String duration) {
    try {
      Duration length = Duration.parse(duration);
      StringBuilder words = new StringBuilder();
      part(words, length.toHours(), "h");
      part(words, length.toMinutesPart(), "min");
      part(words, length.toSecondsPart(), "s");
      return words.length() == 0 ? "under a second" : words.toString();
    } catch (DateTimeException e) {
      return duration;
    }
  }

  private static void part(StringBuilder words, long number, String unit) {
    if (number > 0) {
      words.append(words.length() == 0 ? "" : " ").append(number).append(' ').append(unit);
    }
  }
}

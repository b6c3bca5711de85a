package io.muster.cli.stack;

import java.util.Locale;

/** Times as people read them. */
final class Seconds {
  private static final double NANOS = 1e9;

  private Seconds() {}

  /**
   * From then to now, like {@code 12.3 s}.
   *
   * @param begin of {@link System#nanoTime()}
   */
  static String since(long begin) {
    return text((System.nanoTime() - begin) / NANOS);
  }

  static String text(double seconds) {
    return String.format(Locale.ROOT, "%.1f s", seconds);
  }
}

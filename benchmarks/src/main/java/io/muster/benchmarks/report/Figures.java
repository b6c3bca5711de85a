package io.muster.benchmarks.report;

import java.util.Locale;

/** Numbers as people read them: as many digits as mean something. */
final class Figures {
  static final String NOT_MEASURED = "not measured";

  private static final double MEBI = 1024.0 * 1024;
  private static final double MEGA = 1e6;

  private Figures() {}

  /** Three digits, or all before the point. */
  static String of(double value) {
    double size = Math.abs(value);
    if (size >= 100) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return String.format(Locale.ROOT, size >= 10 ? "%.1f" : "%.2f", value);
  }

  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  static String mebibytes(Long bytes) {
    return bytes == null
        ? NOT_MEASURED
        : String.format(Locale.ROOT, "%,.0f", bytes.doubleValue() / MEBI);
  }

  static String megabytesPerSecond(double bytesPerSecond) {
    return of(bytesPerSecond / MEGA);
  }

  static String percent(double fraction) {
    return String.format(Locale.ROOT, fraction >= 0.1 ? "%.0f %%" : "%.1f %%", fraction * 100);
  }

  /** With nothing to divide by: 0. */
  static double per(double amount, double divisor) {
    return divisor == 0 ? 0 : amount / divisor;
  }
}

package io.muster.cli.terminal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/** Lines for logs: at most one every few seconds, and no control characters. */
final class PlainProgress implements Progress {
  /** Often enough to see that it lives, seldom enough for a log. */
  private static final Duration EVERY = Duration.ofSeconds(3);

  private final Terminal terminal;
  private final String task;
  private final String unit;
  private final InstantSource clock;
  private Instant next;
  private volatile boolean closed;

  PlainProgress(Terminal terminal, String task, String unit, InstantSource clock) {
    this.terminal = terminal;
    this.task = task;
    this.unit = unit;
    this.clock = clock;
    this.next = clock.instant().plus(EVERY);
  }

  @Override
  public void show(long done, long total, String remark) {
    Instant now = clock.instant();
    if (closed || now.isBefore(next)) {
      return;
    }
    next = now.plus(EVERY);
    String of = total < 0 ? "" : String.format(Locale.ROOT, " of %,d", total);
    String words = remark.isEmpty() ? "" : ", " + remark;
    terminal.say(String.format(Locale.ROOT, "%s: %,d%s %s%s", task, done, of, unit, words));
  }

  @Override
  public void note(String line) {
    if (!closed) {
      terminal.say(line);
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}

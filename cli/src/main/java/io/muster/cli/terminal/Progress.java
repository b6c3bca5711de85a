package io.muster.cli.terminal;

import java.time.InstantSource;

/** Shows on standard error how far something has come. One thread at a time. */
public interface Progress extends AutoCloseable {
  /**
   * How far it is.
   *
   * @param done in the task's unit
   * @param total what done will be at the end; below 0 when nobody knows
   * @param remark a few words behind the figures; never null
   */
  void show(long done, long total, String remark);

  /** A line that stays, above whatever else is shown. */
  void note(String line);

  /** From now on nothing is shown any more. May be called twice, and by another thread. */
  @Override
  void close();

  /** A bar where a person looks at it, else a plain line every few seconds. */
  static Progress on(Terminal terminal, String task, String unit, InstantSource clock) {
    return terminal.isLively()
        ? new BarProgress(terminal, task, unit)
        : new PlainProgress(terminal, task, unit, clock);
  }
}

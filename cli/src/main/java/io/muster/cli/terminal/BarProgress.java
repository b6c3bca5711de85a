package io.muster.cli.terminal;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar that is drawn over and over in one line of the terminal, and wiped at the end. */
final class BarProgress implements Progress {
  private static final String WIPE_LINE = "\r\u001b[K";
  private static final int REDRAW_MILLIS = 250;

  private final Terminal terminal;
  private final ProgressBar bar;
  private boolean closed;

  BarProgress(Terminal terminal, String task, String unit) {
    this.terminal = terminal;
    this.bar =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(-1)
            .setUnit(" " + unit, 1)
            .setUpdateIntervalMillis(REDRAW_MILLIS)
            .setStyle(ProgressBarStyle.ASCII)
            .clearDisplayOnFinish()
            .setConsumer(
                new ConsoleProgressBarConsumer(
                    terminal.err(), Math.max(20, terminal.width().getAsInt() - 1)))
            .build();
  }

  @Override
  public synchronized void show(long done, long total, String remark) {
    if (closed) {
      return;
    }
    bar.maxHint(total);
    bar.stepTo(done);
    bar.setExtraMessage(" " + DisplayText.visible(remark));
  }

  @Override
  public synchronized void note(String line) {
    if (!closed) {
      terminal.err().print(WIPE_LINE);
      terminal.say(line);
    }
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    bar.close();
    terminal.err().print(WIPE_LINE);
    terminal.err().flush();
  }
}

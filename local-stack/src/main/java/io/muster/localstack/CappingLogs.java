package io.muster.localstack;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Keeps the logs of a stack that runs for months from filling its disk: one that has grown too
 * large is laid aside, as at a start, and begun anew.
 */
final class CappingLogs {
  /** Four of them are kept of each part: a gigabyte in all is noticed by nobody. */
  static final long MOST_BYTES = 32L << 20;

  private static final long SECONDS_BETWEEN_LOOKS = 10;

  private final StackFolder folder;
  private final List<String> parts;
  private final Consumer<String> tell;
  private final ScheduledExecutorService scheduler =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "capping-logs");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param parts names of the parts whose logs are looked at
   * @param tell gets a line for people when a log can't be laid aside
   */
  CappingLogs(StackFolder folder, List<String> parts, Consumer<String> tell) {
    this.folder = folder;
    this.parts = List.copyOf(parts);
    this.tell = tell;
  }

  void start() {
    var unused =
        scheduler.scheduleWithFixedDelay(
            this::look, SECONDS_BETWEEN_LOOKS, SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS);
  }

  void stop() {
    scheduler.shutdownNow();
  }

  private void look() {
    for (String part : parts) {
      try {
        folder.cappedLog(part, MOST_BYTES);
      } catch (UncheckedIOException e) {
        tell.accept("A log grows: " + e.getMessage());
      }
    }
  }
}

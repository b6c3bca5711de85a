package io.muster.cli.terminal;

/**
 * What is still to be done when Ctrl-C, SIGTERM or SIGHUP ends the process while this is open.
 * Closing it takes it back.
 */
public final class OnInterrupt implements AutoCloseable {
  private final Thread hook;

  private OnInterrupt(Runnable last) {
    this.hook = new Thread(last, "on-interrupt");
  }

  /** Runs {@code last} if the process is ended before {@link #close()}. */
  public static OnInterrupt run(Runnable last) {
    OnInterrupt onInterrupt = new OnInterrupt(last);
    Runtime.getRuntime().addShutdownHook(onInterrupt.hook);
    return onInterrupt;
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already, and the hook runs.
    }
  }
}

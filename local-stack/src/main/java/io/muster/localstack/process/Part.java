package io.muster.localstack.process;

import java.nio.file.Path;

/** A process of the stack, as the {@link Supervisor} sees it. Called by several threads. */
public interface Part extends Stoppable {
  /** The port of 127.0.0.1 that it listens on; the same after every restart. */
  int port();

  /** Where its output goes. */
  Path log();

  /** Starts it anew, after what its last process left behind was cleared away. */
  Process start();

  /** Whether it does its work now; takes a second at most, never throws. */
  boolean isReady(ProcessHandle process);
}

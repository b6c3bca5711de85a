package io.muster.localstack.process;

import java.time.Duration;

/** How to end a kind of process. */
public interface Stoppable {
  /** Such as {@code user-service}. */
  String name();

  /** Asks it to end in good order; returns at once, never throws. */
  void askToStop(ProcessHandle process);

  /** How long it may take to end before it is killed. */
  Duration stopPatience();
}

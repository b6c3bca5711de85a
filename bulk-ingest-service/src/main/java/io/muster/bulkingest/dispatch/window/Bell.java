package io.muster.bulkingest.dispatch.window;

import jakarta.inject.Singleton;

/**
 * Wakes the dispatcher's thread: there is new work, or room for more. Rung while nobody listens, it
 * is heard by the next who does. From any thread.
 */
@Singleton
public final class Bell {
  private boolean rung;

  public synchronized void ring() {
    rung = true;
    notifyAll();
  }

  /** Returns when it was rung since the last call, or after that time. */
  public synchronized void await(long millis) throws InterruptedException {
    if (!rung) {
      wait(millis);
    }
    rung = false;
  }
}

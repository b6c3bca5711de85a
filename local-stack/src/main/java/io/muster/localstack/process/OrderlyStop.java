package io.muster.localstack.process;

import java.util.List;

/** Ends processes in good order where they let us, and otherwise all the same. */
public final class OrderlyStop {
  private OrderlyStop() {}

  /** A process and how to end its kind. */
  public record Running(Stoppable part, ProcessHandle process) {}

  /** Asks all at once, waits for each as long as its part allows, then kills. */
  public static void of(List<Running> together) throws InterruptedException {
    long start = System.nanoTime();
    together.forEach(one -> one.part().askToStop(one.process()));
    for (Running one : together) {
      long deadline = start + one.part().stopPatience().toNanos();
      while (isRunning(one) && System.nanoTime() < deadline) {
        Thread.sleep(10);
      }
      if (isRunning(one)) {
        one.process().destroyForcibly();
        for (int i = 0; i < 200 && isRunning(one); i++) {
          Thread.sleep(10);
        }
      }
    }
  }

  /** Not just alive: who has ended may linger until a process 1 that doesn't care collects it. */
  private static boolean isRunning(Running one) {
    return one.process().isAlive() && !ProcessMark.hasEnded(one.process());
  }
}

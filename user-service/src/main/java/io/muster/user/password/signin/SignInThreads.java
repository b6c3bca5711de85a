package io.muster.user.password.signin;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads for verifying alone: an import that hashes on all cores then takes its share of a core
 * from a sign-in, but not its turn. Who meets a full queue is told to come again.
 */
@ApplicationScoped
public class SignInThreads implements Executor {
  /** Some seconds' worth of verifying on two busy cores. */
  private static final int QUEUE = 256;

  private final AtomicInteger number = new AtomicInteger();
  private final ThreadPoolExecutor threads;

  SignInThreads() {
    int size = Math.max(2, Runtime.getRuntime().availableProcessors() / 2);
    threads =
        new ThreadPoolExecutor(
            size,
            size,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE),
            task -> {
              Thread thread = new Thread(task, "sign-in-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * @throws java.util.concurrent.RejectedExecutionException when the queue is full
   */
  @Override
  public void execute(Runnable task) {
    threads.execute(task);
  }

  @PreDestroy
  void stop() {
    threads.shutdownNow();
  }
}

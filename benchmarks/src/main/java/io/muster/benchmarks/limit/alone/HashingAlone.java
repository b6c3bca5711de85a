package io.muster.benchmarks.limit.alone;

import io.muster.user.password.argon2.Argon2Id;
import io.muster.user.password.argon2.PhcHash;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How many given passwords the machine hashes at user-service's own cost, and nothing else.
 *
 * @param library the class that computes
 * @param memoryKib of one hash
 * @param passes of one hash
 * @param threads one for each core
 * @param hashesPerSecond of all threads
 */
public record HashingAlone(
    String library, int memoryKib, int passes, int threads, double hashesPerSecond) {
  private static final byte[] PASSWORD = "correct horse 7 battery".getBytes(StandardCharsets.UTF_8);
  private static final double NANOS = 1e9;

  /** A fifth of the time warms up and isn't counted. */
  private static final int WARM_UP_PART = 5;

  /** Hashes on all cores for that long. */
  public static HashingAlone measure(Argon2Id argon2, Duration time) throws InterruptedException {
    int threads = Runtime.getRuntime().availableProcessors();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      run(pool, threads, argon2, time.dividedBy(WARM_UP_PART));
      double rate = run(pool, threads, argon2, time);
      return new HashingAlone(
          argon2.getClass().getSimpleName(),
          PhcHash.NOW.memory(),
          PhcHash.NOW.passes(),
          threads,
          rate);
    } finally {
      pool.shutdownNow();
    }
  }

  private static double run(ExecutorService pool, int threads, Argon2Id argon2, Duration time)
      throws InterruptedException {
    long start = System.nanoTime();
    List<Callable<Long>> work = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      work.add(() -> hashUntil(argon2, start + time.toNanos()));
    }
    long hashes = 0;
    try {
      for (Future<Long> done : pool.invokeAll(work)) {
        hashes += done.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a password can't be hashed", e.getCause());
    }
    return hashes * NANOS / (System.nanoTime() - start);
  }

  private static long hashUntil(Argon2Id argon2, long end) {
    long hashes = 0;
    while (System.nanoTime() < end) {
      if (argon2.hash(PASSWORD).isEmpty()) {
        throw new IllegalStateException("no hash");
      }
      hashes++;
    }
    return hashes;
  }
}

package io.muster.gateway.track;

import io.muster.contracts.result.RowResult;
import io.muster.gateway.track.job.JobKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Wakes whoever waits for a job in this process, and tells them what was counted of it. Only a
 * hint: a result may be counted by another copy of the gateway, so waiters look into the database
 * every now and then as well. Thread-safe.
 */
@ApplicationScoped
public class AwaitedJobs {
  private static final Consumer<RowResult> NOBODY = result -> {};

  private final ConcurrentHashMap<UUID, Wait> awaited = new ConcurrentHashMap<>();

  /** Begins to listen; look into the database after this call and before the first wait. */
  public Wait listen(UUID jobId) {
    return listen(jobId, NOBODY);
  }

  /**
   * {@link #listen(UUID)}, and hears each result of the job that is counted here from now on.
   *
   * @param told called by the thread that counts, when it is safe in the database, before the wait
   *     ends; mustn't block
   */
  public Wait listen(UUID jobId, Consumer<RowResult> told) {
    Wait wait = new Wait(jobId, told);
    awaited.put(jobId, wait);
    return wait;
  }

  /**
   * @param results counted, and committed
   */
  void heard(List<RowResult> results) {
    if (awaited.isEmpty()) {
      return;
    }
    for (RowResult result : results) {
      Wait wait = awaited.get(result.jobId());
      if (wait != null) {
        wait.told.accept(result);
      }
    }
  }

  void moved(Collection<JobKey> jobs) {
    if (awaited.isEmpty()) {
      return;
    }
    for (JobKey job : jobs) {
      Wait wait = awaited.get(job.jobId());
      if (wait != null) {
        wait.bell.release();
      }
    }
  }

  /** One who waits for one job. */
  public final class Wait implements AutoCloseable {
    private final UUID jobId;
    private final Consumer<RowResult> told;
    private final Semaphore bell = new Semaphore(0);

    private Wait(UUID jobId, Consumer<RowResult> told) {
      this.jobId = jobId;
      this.told = told;
    }

    /**
     * Returns when the job moved, or after the time.
     *
     * @return whether it moved
     */
    public boolean forAtMost(long millis) throws InterruptedException {
      boolean moved = bell.tryAcquire(millis, TimeUnit.MILLISECONDS);
      if (moved) {
        bell.drainPermits();
      }
      return moved;
    }

    @Override
    public void close() {
      awaited.remove(jobId, this);
    }
  }
}

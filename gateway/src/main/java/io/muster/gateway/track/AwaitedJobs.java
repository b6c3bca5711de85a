package io.muster.gateway.track;

import io.muster.gateway.track.job.JobKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Wakes whoever waits for a job in this process. Only a hint: a result may be counted by another
 * copy of the gateway, so waiters look into the database every now and then as well. Thread-safe.
 */
@ApplicationScoped
public class AwaitedJobs {
  private final ConcurrentHashMap<UUID, Semaphore> awaited = new ConcurrentHashMap<>();

  /** Begins to listen; look into the database after this call and before the first wait. */
  public Wait listen(UUID jobId) {
    Semaphore bell = new Semaphore(0);
    awaited.put(jobId, bell);
    return new Wait(jobId, bell);
  }

  void moved(Collection<JobKey> jobs) {
    if (awaited.isEmpty()) {
      return;
    }
    for (JobKey job : jobs) {
      Semaphore bell = awaited.get(job.jobId());
      if (bell != null) {
        bell.release();
      }
    }
  }

  /** One who waits for one job. */
  public final class Wait implements AutoCloseable {
    private final UUID jobId;
    private final Semaphore bell;

    private Wait(UUID jobId, Semaphore bell) {
      this.jobId = jobId;
      this.bell = bell;
    }

    /** Returns when the job moved, or after the time. */
    public void forAtMost(long millis) throws InterruptedException {
      if (bell.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
        bell.drainPermits();
      }
    }

    @Override
    public void close() {
      awaited.remove(jobId, bell);
    }
  }
}

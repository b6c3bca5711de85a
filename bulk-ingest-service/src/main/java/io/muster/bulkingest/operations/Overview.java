package io.muster.bulkingest.operations;

import io.muster.contracts.command.Operation;
import io.muster.contracts.job.JobSource;
import io.muster.contracts.job.JobState;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What operators see of all tenants' work: numbers, codes and times, nothing of anybody's content.
 *
 * @param window how much is on the bus, of all instances together
 * @param dispatchers the instances, in the order of their starts
 * @param dispatch what operators have halted
 * @param tenants those with jobs that aren't final, the busiest first
 * @param states jobs by tenant and state: all that aren't final, and those that became so in the
 *     last 24 hours
 * @param jobs those that aren't final, oldest first; {@link LookingAtJobs#MOST} at most
 * @param spools what is kept on the disk
 */
public record Overview(
    Window window,
    List<Instance> dispatchers,
    Dispatch dispatch,
    List<Tenant> tenants,
    List<State> states,
    List<OpenJob> jobs,
    Spools spools) {

  /**
   * @param rows how much may be out, in the cost of an ordinary row
   * @param inFlight how much is out without a result
   * @param heldJobs jobs whose leases somebody holds
   */
  public record Window(long rows, long inFlight, int heldJobs) {}

  /**
   * One that dispatches, by its last heartbeat.
   *
   * @param id the owner of the jobs that it holds
   * @param tenants whose jobs it holds: its part of the window
   * @param inFlight what it has out without a result
   */
  public record Instance(
      UUID id, String name, Instant startedAt, int tenants, int heldJobs, long inFlight) {}

  /**
   * @param paused of all tenants
   * @param pausedTenants those that were named
   */
  public record Dispatch(boolean paused, Set<String> pausedTenants) {}

  /**
   * @param openJobs that aren't final
   * @param waitingRows not handed to the bus yet, those of paused jobs as well
   * @param inFlight in the cost of an ordinary row
   * @param share of all that is in flight, from 0 to 1
   */
  public record Tenant(
      String tenant, long openJobs, long waitingRows, long inFlight, double share) {}

  public record State(String tenant, JobState state, long jobs, long rows) {}

  /**
   * @param operation null when rows differ
   * @param reason why it is paused; else null
   * @param dispatched commands handed to the bus
   * @param ended rows that have come to an end there
   * @param owner the instance that dispatches it; null when none does
   */
  public record OpenJob(
      String tenant,
      UUID id,
      JobState state,
      String reason,
      JobSource source,
      Operation operation,
      boolean dryRun,
      Instant submittedAt,
      Instant startAt,
      Instant progressedAt,
      long total,
      long refused,
      long dispatched,
      long ended,
      String owner) {}

  /**
   * @param count spools
   * @param bytes all together
   * @param oldest since when the oldest is kept; null when there is none
   * @param largest the ten that take the most
   */
  public record Spools(long count, long bytes, Instant oldest, List<Spool> largest) {}

  /**
   * @param job whose
   * @param since when it was begun
   */
  public record Spool(UUID job, Instant since, long bytes) {}
}

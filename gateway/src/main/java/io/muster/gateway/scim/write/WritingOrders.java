package io.muster.gateway.scim.write;

import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.job.JobSnapshot;
import io.muster.gateway.access.Sight;
import io.muster.gateway.scim.ScimConfig;
import io.muster.gateway.status.FindingJobs;
import io.muster.gateway.status.rows.EndsOfRows;
import io.muster.gateway.status.rows.SingleRow.End;
import io.muster.gateway.track.AwaitedJobs;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Does what SCIM operations ask for, all of a request as one job, and waits for its rows. Of an
 * order that fails half, the other half is taken back by a child job.
 */
@ApplicationScoped
public class WritingOrders {
  private static final Logger LOG = Logger.getLogger(WritingOrders.class);

  /** Another instance may count the results, which nobody tells this one. */
  private static final long LOOK_MILLIS = 50;

  private final SubmittingOrders submitting;
  private final EndsOfRows rows;
  private final AwaitedJobs awaited;
  private final FindingJobs finding;
  private final ScimConfig config;
  private final Clock clock;

  WritingOrders(
      SubmittingOrders submitting,
      EndsOfRows rows,
      AwaitedJobs awaited,
      FindingJobs finding,
      ScimConfig config,
      Clock clock) {
    this.submitting = submitting;
    this.rows = rows;
    this.awaited = awaited;
    this.finding = finding;
    this.config = config;
    this.clock = clock;
  }

  /**
   * Does one order.
   *
   * @throws RequestRefused when it is refused, or not done in time
   */
  public void write(Order order, String bearer) {
    if (order.rows().isEmpty()) {
      return;
    }
    Outcome outcome = write(List.of(order), 1, bearer).get(0);
    if (outcome instanceof Outcome.Refused refused) {
      throw refused.because();
    }
  }

  /**
   * Does them in their order, as one job.
   *
   * @param orders each with rows
   * @param mostErrors begins nothing more after so many; 0 for no limit
   * @return one for each, in the same order
   * @throws RequestRefused when the whole request is refused
   */
  public List<Outcome> write(List<Order> orders, int mostErrors, String bearer) {
    OrderedJob ordered = submitting.submit(orders, mostErrors, bearer);
    if (ordered.job() == null) {
      return ordered.outcomes(Map.of(), 0);
    }
    Instant until = clock.instant().plus(config.patience());
    Waited waited = new Waited(ordered, mostErrors, bearer);
    await(ordered.job(), until, waited::isOver);
    BitSet halfDone = ordered.halfDone(waited.ends);
    if (!halfDone.isEmpty() && waited.over) {
      takeBack(ordered.job(), halfDone, bearer);
    }
    return ordered.outcomes(waited.ends, waited.lastRow);
  }

  /** What is known while it is waited for. One thread. */
  private final class Waited {
    private final OrderedJob ordered;
    private final int mostErrors;
    private final String bearer;
    private Map<Long, End> ends = Map.of();
    private long lastRow = Long.MAX_VALUE - 1;
    private boolean over;

    Waited(OrderedJob ordered, int mostErrors, String bearer) {
      this.ordered = ordered;
      this.mostErrors = mostErrors;
      this.bearer = bearer;
    }

    boolean isOver() {
      ends = rows.of(ordered.job());
      over = ordered.isOver(ends, lastRow);
      boolean cut = lastRow < Long.MAX_VALUE - 1;
      if (!over && !cut && mostErrors > 0 && ordered.errors(ends) >= mostErrors) {
        // The job's own limit lets nothing more out, so that what is cut is what wasn't begun.
        lastRow = cut();
        over = ordered.isOver(ends, lastRow);
      }
      return over;
    }

    private long cut() {
      try {
        return submitting.cancel(ordered.job().id(), bearer).intendedRow();
      } catch (RequestRefused e) {
        // It has come to its end by itself.
        return ordered.job().total();
      }
    }
  }

  private void await(JobSnapshot job, Instant until, BooleanSupplier over) {
    try (AwaitedJobs.Wait wait = awaited.listen(job.id())) {
      while (!over.getAsBoolean()) {
        long left = Duration.between(clock.instant(), until).toMillis();
        if (left <= 0) {
          return;
        }
        wait.forAtMost(Math.min(LOOK_MILLIS, left));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A job can be undone when its owner knows that it is final, a second after its last row. */
  private void takeBack(JobSnapshot job, BitSet halfDone, String bearer) {
    Instant until = clock.instant().plus(config.patience());
    Sight sight = new Sight(job.tenant(), null, false);
    await(
        job,
        until,
        () -> finding.find(sight, job.id()).filter(v -> v.job().state().isFinal()).isPresent());
    try {
      JobSnapshot child = submitting.undo(job.id(), halfDone, bearer);
      await(child, until, () -> rows.of(child).size() >= child.total() - child.refusedRows());
    } catch (RequestRefused e) {
      LOG.warnf("rows of a half done order stay, jobId=%s: %s", job.id(), e.problem().code());
    }
  }
}

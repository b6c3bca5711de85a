package io.muster.bulkingest.guard;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Which limit of failures holds for a job, and how far it may go before its counts are known. */
@ApplicationScoped
public class FailureGuard {
  /**
   * Of what has finished, one in so many may be out beside, however low the limit: or a job that
   * may not fail at all would never leave its beginnings.
   */
  private static final int CALM_SHARE = 8;

  private final GuardConfig config;

  FailureGuard(GuardConfig config) {
    this.config = config;
  }

  /**
   * @param isHarmless a dry run, which changes nothing, or an undo, whose failed rows leave all as
   *     it is: stopped only if they asked for a limit
   * @param asked as the job asked for it; null for the default
   * @param exact what it asked for is a promise to somebody who waits: it holds for few rows, too,
   *     and not one more may fail; without having asked there is no limit
   * @return empty when the job isn't stopped for failures
   */
  public Optional<FailureLimit> limit(long total, boolean isHarmless, String asked, boolean exact) {
    if (exact) {
      return Optional.ofNullable(FailureLimit.asked(asked)).map(FailureLimit::exactly);
    }
    if (total <= config.guardedAbove()) {
      return Optional.empty();
    }
    FailureLimit limit = FailureLimit.asked(asked);
    if (limit == null && !isHarmless) {
      limit = new FailureLimit(config.failedPercent(), true);
    }
    return Optional.ofNullable(limit).filter(FailureLimit::canBeExceeded);
  }

  /** Why a job is to be stopped at these counts; empty while it may go on. */
  public Optional<String> exceeded(FailureLimit limit, long finished, long failed) {
    return limit.exceeded(finished, failed, config.finishedRows());
  }

  /**
   * How many commands of a guarded job may be handed to the bus: so many that, if all that is out
   * failed, the limit would be passed by a few rows and no more. While little fails that grows with
   * the job, in the end beyond any window. An exact limit isn't passed at all.
   *
   * @param finished rows of which is known what became of them
   * @param failed of those
   */
  public long allowed(FailureLimit limit, long finished, long failed) {
    if (limit.isExact()) {
      return finished + Math.max(limit.left(finished, failed) + 1, 0);
    }
    long calm = limit.isCalm(finished, failed) ? finished / CALM_SHARE : 0;
    return finished
        + config.unseenRows()
        + Math.max(Math.max(calm, limit.left(finished, failed)), 0);
  }
}

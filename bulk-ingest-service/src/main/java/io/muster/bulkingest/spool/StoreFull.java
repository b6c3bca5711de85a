package io.muster.bulkingest.spool;

import io.muster.chassis.problem.Problem;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.job.RequestCode;
import java.io.IOException;

/** There is too little room for an upload, or for its rest; nothing of it is left. */
public final class StoreFull extends IOException {
  private static final long serialVersionUID = 1L;

  /** Room comes with jobs being closed, or with operators: not within seconds. */
  private static final long TRY_AGAIN_SECONDS = 300;

  StoreFull(long freeBytes, long minFreeBytes) {
    super(
        "%d MiB are free where uploads are kept, and %d MiB must stay free"
            .formatted(freeBytes >> 20, minFreeBytes >> 20));
  }

  /** What the caller is answered. */
  public RequestRefused refusal() {
    return RequestRefused.because(
            RequestCode.UNAVAILABLE,
            "There is no room to keep this upload just now; nothing of it was stored. Send it again"
                + " later, or close jobs that are done with: their files go. Operators make room"
                + " where uploads are kept (muster.spool.directory).")
        .with(Problem.RETRY_AFTER, TRY_AGAIN_SECONDS);
  }
}

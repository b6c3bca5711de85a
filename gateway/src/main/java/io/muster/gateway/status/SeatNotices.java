package io.muster.gateway.status;

import io.muster.contracts.job.JobSnapshot.Notice;
import io.muster.contracts.result.RowCode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What an ended dry run tells of seats, and how far it can be trusted. */
final class SeatNotices {
  /** Rows refused for seats never held one. */
  private static final Set<RowCode> FOR_SEATS =
      EnumSet.of(RowCode.NO_SEATS_LEFT, RowCode.UNKNOWN_SUBSCRIPTION);

  /** Nobody is to take silence for "none". */
  private static final Notice UNKNOWN =
      new Notice(
          "SEATS_UNKNOWN",
          0,
          "How many seats this file needs isn't known yet: look at the job again in a few seconds.");

  private SeatNotices() {}

  /** The job's notices, and behind them those on seats. */
  static List<Notice> behind(JobView view) {
    List<Notice> notices = new ArrayList<>(view.job().notices());
    if (view.seats() == null) {
      if (SeatsOfDryRuns.areMissing(view)) {
        notices.add(UNKNOWN);
      }
      return notices;
    }
    for (SeatNeed seat : view.seats()) {
      String text =
          "This file needs %d %s of %s, %d %s free."
              .formatted(
                  seat.needed(),
                  seat.needed() == 1 ? "seat" : "seats",
                  seat.sku(),
                  seat.free(),
                  seat.free() == 1 ? "is" : "are");
      notices.add(new Notice("SEATS_NEEDED", seat.needed(), text));
    }
    long doomed =
        view.failuresOnBus().entrySet().stream()
            .filter(failed -> !FOR_SEATS.contains(failed.getKey()))
            .mapToLong(Map.Entry::getValue)
            .sum();
    // While seats are left over for every row, nobody misses the one that a doomed row holds.
    boolean scarce = view.seats().stream().anyMatch(seat -> seat.needed() + doomed > seat.free());
    if (doomed > 0 && scarce) {
      notices.add(
          new Notice(
              "SEATS_MAY_DIFFER",
              doomed,
              "Rows that fail for other reasons may hold the last seat for a moment, so in the real"
                  + " run other rows may be the ones without a seat."));
    }
    return notices;
  }
}

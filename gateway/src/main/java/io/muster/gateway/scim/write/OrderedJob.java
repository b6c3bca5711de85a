package io.muster.gateway.scim.write;

import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.job.RequestCode;
import io.muster.contracts.result.RowCode;
import io.muster.gateway.status.rows.SingleRow.End;
import io.muster.gateway.track.row.RowOutcome;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * The job of some orders, and which of its rows are whose.
 *
 * @param job null when all orders were refused
 * @param orders those that were given, none of them without rows
 * @param taken how many of them were looked at
 * @param refused by place, why; those have no rows on the bus
 */
record OrderedJob(
    JobSnapshot job, List<Order> orders, int taken, Map<Integer, RequestRefused> refused) {

  /** The first row of each order that was looked at, and the one behind the last. */
  long[] firstRows() {
    long[] first = new long[taken + 1];
    first[0] = 1;
    for (int i = 0; i < taken; i++) {
      first[i + 1] = first[i] + orders.get(i).rows().size();
    }
    return first;
  }

  /**
   * Orders that have an error so far: refused ones, and those of which a row failed.
   *
   * @param ends of rows that have ended
   */
  long errors(Map<Long, End> ends) {
    long[] first = firstRows();
    long errors = 0;
    for (int i = 0; i < taken; i++) {
      errors += refused.containsKey(i) || failure(ends, first[i], first[i + 1]) != null ? 1 : 0;
    }
    return errors;
  }

  /**
   * Whether nothing more is to be waited for.
   *
   * @param lastRow rows behind it were cut off
   */
  boolean isOver(Map<Long, End> ends, long lastRow) {
    long[] first = firstRows();
    for (int i = 0; i < taken; i++) {
      if (!refused.containsKey(i)) {
        for (long row = first[i]; row < Math.min(first[i + 1], lastRow + 1); row++) {
          if (!ends.containsKey(row)) {
            return false;
          }
        }
      }
    }
    return true;
  }

  /** Rows that went through though others of their order did not: bit r is row r. */
  BitSet halfDone(Map<Long, End> ends) {
    long[] first = firstRows();
    BitSet rows = new BitSet();
    for (int i = 0; i < taken; i++) {
      boolean whole = true;
      BitSet done = new BitSet();
      for (long row = first[i]; row < first[i + 1]; row++) {
        End end = ends.get(row);
        if (end != null && end.outcome() == RowOutcome.SUCCEEDED) {
          done.set(Math.toIntExact(row));
        } else {
          whole = false;
        }
      }
      if (!whole) {
        rows.or(done);
      }
    }
    return rows;
  }

  /**
   * What became of each order.
   *
   * @param lastRow rows behind it were cut off
   */
  List<Outcome> outcomes(Map<Long, End> ends, long lastRow) {
    long[] first = firstRows();
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < orders.size(); i++) {
      if (i >= taken) {
        outcomes.add(new Outcome.NotBegun());
      } else if (refused.containsKey(i)) {
        outcomes.add(new Outcome.Refused(refused.get(i)));
      } else {
        outcomes.add(outcome(ends, first[i], first[i + 1], lastRow));
      }
    }
    return outcomes;
  }

  private Outcome outcome(Map<Long, End> ends, long first, long behind, long lastRow) {
    End failure = failure(ends, first, behind);
    if (failure != null) {
      return new Outcome.Refused(
          RequestRefused.row(failure.code(), failure.detail(), null)
              .with("job", job.id().toString()));
    }
    if (first > lastRow) {
      return new Outcome.NotBegun();
    }
    for (long row = first; row < behind; row++) {
      if (!ends.containsKey(row)) {
        return new Outcome.Refused(notYet());
      }
    }
    return new Outcome.Done();
  }

  private RequestRefused notYet() {
    return RequestRefused.because(
            RequestCode.UNAVAILABLE,
            "It is accepted, and has not come to its end in the time of this call: read the user"
                + " again in a moment.")
        .with("job", job.id().toString());
  }

  private static End failure(Map<Long, End> ends, long first, long behind) {
    for (long row = first; row < behind; row++) {
      End end = ends.get(row);
      if (end != null && end.outcome() == RowOutcome.FAILED) {
        return end;
      }
    }
    return null;
  }

  /** Why an order was refused at the door. */
  static RequestRefused refusal(String code, String detail, String field) {
    return RequestRefused.row(RowCode.valueOf(code), detail, field);
  }
}

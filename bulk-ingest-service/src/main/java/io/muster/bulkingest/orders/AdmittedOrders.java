package io.muster.bulkingest.orders;

import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.result.RowCode;
import java.util.List;

/**
 * What became of a list of orders.
 *
 * @param job of all rows of the orders that were looked at, in their order, from 1; null when none
 *     of them was accepted: then there is no job
 * @param taken how many orders were looked at: fewer than were given when too many of them were
 *     refused
 * @param refused those that were refused, in their order
 */
record AdmittedOrders(JobSnapshot job, int taken, List<Refused> refused) {
  AdmittedOrders {
    refused = List.copyOf(refused);
  }

  /**
   * An order with a row that can't be done. None of its rows is.
   *
   * @param order its place in the list, from 0
   * @param detail one sentence with cause and cure; never a secret
   * @param field the row's field to blame, in camelCase; null when none is
   */
  record Refused(int order, RowCode code, String detail, String field) {}
}

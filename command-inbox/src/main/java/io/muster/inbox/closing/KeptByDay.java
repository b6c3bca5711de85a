package io.muster.inbox.closing;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;

/**
 * What a service keeps for jobs in tables that aren't partitioned by the job's day. An
 * implementation is a bean; there need not be any.
 */
public interface KeptByDay {
  /**
   * Forgets what belongs to jobs of that day, in the transaction that drops its partitions.
   *
   * @param finder a connection of the role that sees all tenants
   * @throws SQLException the day stays, and is looked at again later
   */
  void forget(Connection finder, LocalDate day) throws SQLException;
}

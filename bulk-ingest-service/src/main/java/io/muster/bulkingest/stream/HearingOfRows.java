package io.muster.bulkingest.stream;

import java.util.List;

/** Hears how rows of jobs that grow came to their end; any bean that implements it does. */
public interface HearingOfRows {
  /**
   * Each row at least once, of whatever tenants and in no order; a repeat says the same, and may
   * come at the same time from another thread or instance. In no transaction; all jobs' rows wait
   * for it.
   *
   * @throws RuntimeException when it can't be taken in now: it is told again in a while
   */
  void ended(List<EndedRow> rows);
}

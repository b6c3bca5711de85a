package io.muster.contracts.command;

import java.util.Objects;
import java.util.UUID;

/**
 * Names a command for ever: one job, one row. What is done twice under the same id counts once.
 *
 * @param jobId a UUIDv7, so that it tells the job's creation day
 * @param row the data row's number, the first after the header being 1
 */
public record CommandId(UUID jobId, long row) {
  public CommandId {
    Objects.requireNonNull(jobId, "jobId");
    if (row <= 0) {
      throw new IllegalArgumentException("rows count from 1");
    }
  }
}

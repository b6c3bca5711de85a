package io.muster.benchmarks.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A job as its client saw it, by the client's clock.
 *
 * @param job as it was at its end
 * @param fileBytes that were uploaded
 * @param uploadSeconds from the first byte to the answer 202: the file is parsed, judged, and safe
 * @param dispatchedSeconds from the first byte until no row waited for the bus any more; told to
 *     the client up to a second late
 * @param seconds from the first byte to the job's end
 * @param resumes how often it paused to ask whether so many accounts should go, and was resumed
 */
public record JobTimes(
    JsonNode job,
    long fileBytes,
    double uploadSeconds,
    double dispatchedSeconds,
    double seconds,
    int resumes) {
  /** Of the file, refused ones included. */
  public long rows() {
    return job.path("rows").path("total").asLong();
  }

  /** Rows that were not done. */
  public long failedRows() {
    JsonNode rows = job.path("rows");
    return rows.path("total").asLong() - rows.path("succeeded").asLong();
  }

  /** What went wrong, by code; empty when every row was done. */
  public List<String> failures() {
    List<String> failures = new ArrayList<>();
    if (failedRows() > 0) {
      StringBuilder codes = new StringBuilder();
      for (JsonNode failure : job.path("failures")) {
        codes
            .append(codes.length() == 0 ? "" : ", ")
            .append(failure.path("rows").asLong())
            .append(" x ")
            .append(failure.path("code").asText());
      }
      failures.add(
          failedRows()
              + " of "
              + rows()
              + " rows were not done, the job is "
              + job.path("state").asText()
              + (codes.length() == 0 ? "" : " (" + codes + ")"));
    }
    return failures;
  }
}

package io.muster.chassis.stage;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;

/**
 * A stage of a row's way, and how long this process was busy with it: the timer {@code
 * muster.stage} with the stage as its tag, {@code muster_stage_seconds} at {@code /q/metrics}.
 * Timed by the batch, slice or file, never by the row. Threads add up, and waiting for the database
 * or the broker counts. Thread-safe.
 */
public enum Stage {
  /** bulk-ingest-service: an upload's bytes to judged rows; waiting for bytes counts. */
  PARSE,
  /** bulk-ingest-service: rows to the sealed spool, its sync and the search for duplicates. */
  SPOOL,
  /** bulk-ingest-service: a slice's rows out of the spool. */
  READ,
  /** bulk-ingest-service: how far each job was sent, stored. */
  POSITIONS,
  /** bulk-ingest-service: a slice's commands handed to the broker's client. */
  SEND,
  /** Messages to commands or results. */
  DECODE,
  /** user-service: given passwords hashed, on all cores. */
  HASH,
  /** A batch's transaction in the database, commit included. */
  TRANSACTION,
  /** A batch's results sent, until the broker has all of them. */
  RESULTS,
  /** gateway: a batch of results counted, commit included. */
  COUNT;

  private final Timer timer;

  Stage() {
    // The global registry passes on to whatever registry the service has.
    timer =
        Timer.builder("muster.stage")
            .description("How long this process was busy with a stage of a row's way")
            .tag("stage", name().toLowerCase(Locale.ROOT))
            .register(Metrics.globalRegistry);
  }

  /** Ends a stage that {@link #begin} began. */
  public interface Busy extends AutoCloseable {
    @Override
    void close();
  }

  /** Begins now; closing the answer ends it, whether the work succeeded or not. */
  public Busy begin() {
    long begin = System.nanoTime();
    return () -> took(System.nanoTime() - begin);
  }

  /** Was busy for that long: for stages that alternate. */
  public void took(long nanos) {
    timer.record(Duration.ofNanos(nanos));
  }
}

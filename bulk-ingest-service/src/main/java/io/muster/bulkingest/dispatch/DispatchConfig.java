package io.muster.bulkingest.dispatch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How rows go from spools to the bus. */
@ConfigMapping(prefix = "muster.dispatch")
public interface DispatchConfig {
  /**
   * Commands on the bus without a result, all jobs together; one whose password has to be hashed
   * counts as many times as it takes longer. About 300 ms of work at full speed plus what batches
   * and commits hold back; the rest of a big job waits in its spool, where a small one passes it
   * by.
   */
  @WithDefault("8000")
  int windowRows();

  /**
   * Commands in a slice: one turn of a job. Small enough to take turns, large enough for a batch.
   */
  @WithDefault("500")
  int sliceRows();

  /** Slices whose intent is stored in one transaction. */
  @WithDefault("8")
  int slicesPerRound();

  /** A dispatcher that is silent for this long is taken for dead; its jobs go to another. */
  @WithDefault("10s")
  Duration lease();

  /** Jobs that one tenant has open at a time: each holds a spool reader of some 200 KiB. */
  @WithDefault("4")
  int openJobsPerTenant();

  /** Jobs open at a time, all tenants together: bounds the memory for readers. */
  @WithDefault("64")
  int openJobs();

  /** A job's position is told to the gateway at most this often. */
  @WithDefault("250ms")
  Duration reportEvery();

  /** Rows without an end are sent again when nothing has moved for this long. */
  @WithDefault("30s")
  Duration silence();

  /** How often is looked for jobs that have gone quiet: a fraction of the silence. */
  @WithDefault("5s")
  Duration quietLookEvery();

  /** Rows per second to promise before any were measured: what two cores do. */
  @WithDefault("5000")
  int assumedRowsPerSecond();

  /**
   * Passwords hashed per second before any were measured: Argon2id on two cores that the other
   * services share.
   */
  @WithDefault("80")
  int assumedHashesPerSecond();
}

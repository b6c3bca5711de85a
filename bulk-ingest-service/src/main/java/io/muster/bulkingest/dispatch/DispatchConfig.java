package io.muster.bulkingest.dispatch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How rows go from spools to the bus. */
@ConfigMapping(prefix = "muster.dispatch")
public interface DispatchConfig {
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

  /** Files that one tenant has open at a time: each holds a spool reader of some 200 KiB. */
  @WithDefault("4")
  int openJobsPerTenant();

  /** Files open at a time, all tenants together: bounds the memory for readers. */
  @WithDefault("64")
  int openJobs();

  /** Single calls held at a time, all tenants together: a few KiB each. */
  @WithDefault("1000")
  int openSingleCalls();

  /**
   * How long a file keeps its place when others wait for one. Opening it takes some milliseconds,
   * and what is on the bus of a guarded job is known again a second later.
   */
  @WithDefault("1s")
  Duration turn();

  /**
   * Single calls are refused when those that wait would take longer than this: whoever calls has
   * better things to do than to wait for a queue.
   */
  @WithDefault("3s")
  Duration longestLine();

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
  @WithDefault("100")
  int assumedHashesPerSecond();
}

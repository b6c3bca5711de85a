package io.muster.gateway.closing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What is kept of closed jobs, and for how long. */
@ConfigMapping(prefix = "muster.closing")
public interface ClosingConfig {
  /** How often is looked for closed jobs: what is kept of their rows may name people. */
  @WithDefault("10s")
  Duration emptyEvery();

  /**
   * A closed job's numbers, for whoever looks back: a year, and a month to look back in. As long as
   * bulk-ingest-service keeps the job itself.
   */
  @WithDefault("400D")
  Duration keepJobs();

  /** The same of jobs of single calls: there may be millions a day, and nobody lists them. */
  @WithDefault("7D")
  Duration keepSingleCalls();

  /** How often is looked for jobs to forget: they are kept for days. */
  @WithDefault("1h")
  Duration forgetEvery();
}

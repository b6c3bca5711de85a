package io.muster.bulkingest.admission;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** Where uploads are kept. */
@ConfigMapping(prefix = "muster.spool")
public interface SpoolConfig {
  /** A directory of this process alone, unless it is shared; a second instance is refused. */
  Path directory();

  /**
   * All instances see the same files there: they run on one machine, or it is a network file system
   * with locks. Needed for a second instance, which goes on with the jobs of one that died.
   */
  @WithDefault("false")
  boolean shared();

  /**
   * An upload is refused, or broken off, when it would leave less than this free on the disk: what
   * stands there besides, a database for example, would stop with it. 2 GiB: twice the log that
   * PostgreSQL writes before its next checkpoint, on a small disk.
   */
  @WithDefault("2147483648")
  long minFreeBytes();
}

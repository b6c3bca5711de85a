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
}

package io.muster.bulkingest.admission;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;

/** Where uploads are kept. */
@ConfigMapping(prefix = "muster.spool")
public interface SpoolConfig {
  /** A directory of this process alone; a second instance on it is refused. */
  Path directory();
}

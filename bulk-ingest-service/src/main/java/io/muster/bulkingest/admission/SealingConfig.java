package io.muster.bulkingest.admission;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;

/** By which keys uploads are sealed. */
@ConfigMapping(prefix = "muster.sealing")
public interface SealingConfig {
  /** The file with the keysets, mode 0600; made at the first start. Back it up with the spools. */
  Path keyset();
}

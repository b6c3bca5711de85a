package io.muster.bulkingest.admission;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithName;
import java.nio.file.Path;

/** Where uploads are kept and by which keys they are sealed. */
@ConfigMapping(prefix = "muster")
public interface StoreConfig {
  /** A directory of this process alone; a second instance on it is refused. */
  @WithName("spool.directory")
  Path spoolDirectory();

  /** The file with the keysets, mode 0600; made at the first start. Back it up with the spools. */
  @WithName("sealing.keyset")
  Path keyset();
}

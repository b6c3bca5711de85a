package io.muster.user.password;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;

/** By which keys hand-outs are sealed and generated passwords are hashed. */
@ConfigMapping(prefix = "muster.sealing")
public interface SealingConfig {
  /**
   * The file with the keysets, mode 0600; made at the first start, shared by this service's copies.
   * Without it no generated password can be verified: back it up, but not beside the database.
   */
  Path keyset();
}

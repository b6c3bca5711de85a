package io.muster.user.password;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;

/** Where the key pairs lie that given passwords are sealed with. */
@ConfigMapping(prefix = "muster.passwords")
public interface PasswordsConfig {
  /** A folder that this service alone may read, shared by its copies. Never in a backup. */
  Path privateKeys();

  /** A folder that bulk-ingest-service reads. */
  Path publicKeys();
}

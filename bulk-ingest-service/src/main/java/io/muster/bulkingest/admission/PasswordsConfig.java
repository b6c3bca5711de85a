package io.muster.bulkingest.admission;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;

/** For whom given passwords are sealed. */
@ConfigMapping(prefix = "muster.passwords")
public interface PasswordsConfig {
  /** The folder in which user-service lays out its public keys, one for each day. */
  Path publicKeys();
}

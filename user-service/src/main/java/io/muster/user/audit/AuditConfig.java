package io.muster.user.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long the audit remembers. */
@ConfigMapping(prefix = "muster.audit")
public interface AuditConfig {
  /**
   * Who checked whose password. A year, as most rules for access logs ask; every sign-in of a
   * tenant that verifies here leaves one.
   */
  @WithDefault("365D")
  Duration passwordChecks();

  /** Who tried what without being allowed to: as long as the checks, and for the same reason. */
  @WithDefault("365D")
  Duration refusedCalls();
}

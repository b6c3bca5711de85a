package io.muster.user.account.employee;

import io.smallrye.config.ConfigMapping;
import java.util.List;

/** How another service is known that calls for nobody. */
@ConfigMapping(prefix = "muster.service-tokens")
public interface ServiceTokensConfig {
  /**
   * Random texts of 32 characters or more, the same in bulk-ingest-service, which signs with the
   * first one. All of them verify: a new key is put behind the old one here, then before it there.
   */
  List<String> keys();
}

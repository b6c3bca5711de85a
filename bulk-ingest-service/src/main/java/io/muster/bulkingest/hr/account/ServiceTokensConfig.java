package io.muster.bulkingest.hr.account;

import io.smallrye.config.ConfigMapping;
import java.util.List;

/** How user-service knows that this service is calling, for nobody. */
@ConfigMapping(prefix = "muster.service-tokens")
public interface ServiceTokensConfig {
  /**
   * Random texts of 32 characters or more, of which the first one signs; user-service must know it,
   * or HR's feeds stand still.
   */
  List<String> keys();
}

package io.muster.gateway.scim;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** What the SCIM provider promises, and where it is found. */
@ConfigMapping(prefix = "muster.scim")
public interface ScimConfig {
  /**
   * What addresses in answers begin with, behind a proxy that changes them: {@code
   * https://id.example.com/scim/v2}. Without it the address that the request came to.
   */
  Optional<String> baseUrl();

  /**
   * The domain of user names that have none; {@code {tenant}} in it is the caller's tenant. Without
   * it such names are refused: a guess would make accounts that nobody meant.
   */
  Optional<String> defaultDomain();

  /**
   * For so long a call waits for its rows: longer than a busy system takes for a few, shorter than
   * the minute after which identity tools give up. A waiting call holds a thread.
   */
  @WithDefault("25s")
  Duration patience();

  /** Users in one answer: what license-service tells in one call. */
  @WithDefault("1000")
  int maxPageSize();

  /** When nobody says how many. */
  @WithDefault("100")
  int defaultPageSize();

  /** Operations in one Bulk: some seconds' work, so that the call can wait for it. */
  @WithDefault("1000")
  int maxOperations();

  /**
   * Users that a search by parts may look at for one answer. Beyond it the filter says too little.
   */
  @WithDefault("5000")
  int maxLookedAt();

  /** Conditions in one filter. Each is one more to be looked at for every user found. */
  @WithDefault("50")
  int maxConditions();
}

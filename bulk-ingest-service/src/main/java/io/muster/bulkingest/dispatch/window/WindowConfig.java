package io.muster.bulkingest.dispatch.window;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How much is on the bus at a time. Set both bounds to the same for a window that stays. */
@ConfigMapping(prefix = "muster.window")
public interface WindowConfig {
  /**
   * How much work is kept on the bus, all jobs together: the rest of a big job waits in its spool,
   * where a small one passes it by. Counted in cost, at the best rate of the last half a minute.
   */
  @WithDefault("300ms")
  Duration time();

  /**
   * Commands beside it that are done but can't tell yet: what is in the batches of two consumers,
   * whose results all come after a commit.
   */
  @WithDefault("4000")
  int heldBack();

  /**
   * The window is never smaller. Where a row's way takes longer than the window's time, on a
   * machine that others keep busy, the rate would else be what the window allows, and the window
   * what the rate does.
   */
  @WithDefault("6000")
  int narrowest();

  /** Nor larger, whatever was measured: it bounds the memory for what is out. */
  @WithDefault("20000")
  int widest();

  /**
   * How much hashing is kept on the bus: the window's time and a batch of user-service, whose
   * results come all at once. It counts as much as the whole window.
   */
  @WithDefault("550ms")
  Duration hashing();
}

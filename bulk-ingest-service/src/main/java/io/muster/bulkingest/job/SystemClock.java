package io.muster.bulkingest.job;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The clock that constructors ask for, so that tests can bring their own. */
final class SystemClock {
  @Produces
  @Singleton
  Clock utc() {
    return Clock.systemUTC();
  }
}

package io.muster.gateway;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Time comes in through constructors; in a running gateway it is this one. */
public class RealClock {
  @Produces
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }
}

package io.muster.localstack;

import io.muster.localstack.part.PostgresPart;
import io.muster.localstack.postgresql.PostgresServer;
import io.muster.localstack.process.Stoppable;
import java.time.Duration;

/** A part of which only the process is left: all that can be done is to end it. */
record Leftover(String name) implements Stoppable {
  @Override
  public void askToStop(ProcessHandle process) {
    if (name.equals(PostgresPart.NAME)) {
      PostgresServer.stop(process);
    } else {
      process.destroy();
    }
  }

  @Override
  public Duration stopPatience() {
    return Duration.ofSeconds(6);
  }
}

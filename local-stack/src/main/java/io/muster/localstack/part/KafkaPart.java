package io.muster.localstack.part;

import io.muster.localstack.kafka.BrokerFiles;
import io.muster.localstack.process.Part;
import java.nio.file.Path;
import java.time.Duration;

/** Kafka under supervision. */
public record KafkaPart(BrokerFiles broker) implements Part {
  public static final String NAME = "kafka";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int port() {
    return broker.port();
  }

  @Override
  public Path log() {
    return broker.log();
  }

  @Override
  public Process start() {
    return broker.start();
  }

  @Override
  public boolean isReady(ProcessHandle process) {
    return broker.isReady(process);
  }

  @Override
  public void askToStop(ProcessHandle process) {
    process.destroy();
  }

  @Override
  public Duration stopPatience() {
    return Duration.ofSeconds(5);
  }
}

package io.muster.bulkingest.instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.bulkingest.Platform;
import io.muster.bulkingest.StandInServices;
import io.muster.bulkingest.Tenant;
import io.muster.bulkingest.dispatch.DispatchState;
import io.muster.contracts.topic.Topics;
import io.muster.localstack.testing.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class HearingAllResultsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Tenant tenant = new Tenant("hearing");

  @Inject DispatchState state;
  @Inject HearingAllResults hearing;

  @Test
  void anotherInstanceTakesNoResultsFromThisOne() throws Exception {
    assertThat(hearing.isHearing()).isTrue();
    try (StandInServices services = new StandInServices();
        OtherInstance other = new OtherInstance()) {
      other.awaitPartitions();
      UUID job = tenant.upload(Tenant.users(12_000), "operation=add&maxFailures=100%");
      services.answer(job, command -> true);

      await().atMost(PATIENCE).until(() -> tenant.state(job), "SUCCEEDED"::equals);

      // Not given up after a minute: heard of.
      await("nothing is out any more")
          .atMost(Duration.ofSeconds(20))
          .until(() -> !state.inFlightByJob().containsKey(job));
    }
  }

  /** Reads results in the group that all instances have in common. */
  private static final class OtherInstance implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    private final Thread thread = new Thread(this::run, "other-instance");
    private volatile boolean stopping;
    private volatile int partitions;

    OtherInstance() {
      consumer.subscribe(List.of(Topics.ROW_RESULTS.name()));
      thread.setDaemon(true);
      thread.start();
    }

    private static Map<String, Object> config() {
      Map<String, Object> config = new HashMap<>(TestPlatform.shared().kafkaClient("broker"));
      config.put(ConsumerConfig.GROUP_ID_CONFIG, "bulk-ingest-service");
      config.put(
          ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
          CooperativeStickyAssignor.class.getName());
      return config;
    }

    private void run() {
      while (!stopping) {
        consumer.poll(Duration.ofMillis(100));
        partitions = consumer.assignment().size();
      }
    }

    void awaitPartitions() {
      await("the other instance has partitions").atMost(PATIENCE).until(() -> partitions > 0);
    }

    @Override
    public void close() throws InterruptedException {
      stopping = true;
      thread.join();
      consumer.close();
    }
  }
}

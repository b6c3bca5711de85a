package io.muster.bulkingest.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.bulkingest.Platform;
import io.muster.bulkingest.StandInServices;
import io.muster.bulkingest.Tenant;
import io.muster.contracts.topic.Topics;
import io.muster.localstack.testing.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.junit.jupiter.api.Test;

/** The command topic is deleted and made anew while a job is half way. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
class LostTopicIT {
  private static final Duration PATIENCE = Duration.ofSeconds(180);

  private final Tenant tenant = new Tenant("lost");

  @Inject DispatchState state;

  @Test
  void whatWasLostWithTheTopicIsSentAgainAndTheWindowRecovers() throws Exception {
    try (StandInServices services = new StandInServices()) {
      UUID job = tenant.upload(Tenant.users(20_000), "operation=add&maxFailures=100%");
      await("the files' part of the window is full and the rest waits")
          .atMost(PATIENCE)
          .until(() -> services.rows(job).size() >= state.window() / 2);
      assertThat(services.rows(job).size()).isLessThan(20_000);

      deleteAndMakeAnew(Topics.USER_COMMANDS.name());
      services.forget(job);
      services.answer(job, command -> true);

      await().atMost(PATIENCE).until(() -> tenant.state(job), "SUCCEEDED"::equals);
      assertThat(services.rows(job)).hasSize(20_000);
      await("nothing is out any more")
          .atMost(PATIENCE)
          .until(() -> !state.inFlightByJob().containsKey(job));
    }
  }

  private static void deleteAndMakeAnew(String topic) throws Exception {
    try (Admin admin = Admin.create(new HashMap<>(TestPlatform.shared().kafkaClient("broker")))) {
      TopicDescription before =
          admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
      admin.deleteTopics(List.of(topic)).all().get();
      await("the topic is gone")
          .atMost(PATIENCE)
          .until(() -> !admin.listTopics().names().get().contains(topic));
      await("the topic is there again")
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(
              () -> {
                if (!admin.listTopics().names().get().contains(topic)) {
                  admin
                      .createTopics(
                          List.of(new NewTopic(topic, before.partitions().size(), (short) 1)))
                      .all()
                      .get();
                }
                return true;
              });
    }
  }
}

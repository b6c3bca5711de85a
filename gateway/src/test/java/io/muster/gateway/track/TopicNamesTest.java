package io.muster.gateway.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.contracts.topic.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class TopicNamesTest {
  @Test
  void theChannelsAreTheTopicsOfTheContracts() throws IOException {
    Properties settings = new Properties();
    try (InputStream file = getClass().getResourceAsStream("/application.properties")) {
      settings.load(file);
    }

    assertThat(settings)
        .containsEntry("mp.messaging.incoming.row-results.topic", Topics.ROW_RESULTS.name())
        .containsEntry("mp.messaging.incoming.job-events.topic", Topics.JOB_EVENTS.name())
        .containsEntry("mp.messaging.outgoing.job-progress.topic", Topics.JOB_PROGRESS.name())
        .containsEntry("mp.messaging.outgoing.hr-events.topic", Topics.HR_EVENTS.name());
  }
}

package io.muster.inbox.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.chassis.wire.UnreadableMessage;
import io.muster.chassis.wire.Wire;
import io.muster.contracts.command.CommandId;
import io.muster.contracts.command.Part;
import io.muster.contracts.event.AccountEvent;
import io.muster.contracts.event.AccountEventType;
import io.muster.contracts.topic.Topic;
import io.muster.contracts.topic.Topics;
import io.muster.inbox.Announcements;
import io.muster.inbox.Answer;
import io.muster.inbox.CommandType;
import io.muster.inbox.Happening;
import io.muster.inbox.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is sent is what the contract's examples show, byte for byte where it matters. */
class AnnouncingChangesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @EnumSource
  void whatHappenedIsSentAsItsExampleShows(AccountEventType type)
      throws IOException, UnreadableMessage {
    JsonNode example = example(type);
    AccountEvent event =
        Wire.of(Topics.ACCOUNT_EVENTS).decode(JSON.writeValueAsBytes(example.get("value")));
    String id = example.at("/headers/ce_id").asText();
    Some command =
        new Some(event, id.contains("/LICENSE/") ? Part.LICENSE : Part.USER, id.endsWith("/undo"));
    String service = example.at("/headers/ce_source").asText().substring("/muster/".length());

    List<ProducerRecord<String, byte[]>> sent =
        new AnnouncingChanges(() -> true, service).of(new SomeType(command), answer(command));

    assertThat(sent).hasSize(1);
    assertThat(sent.get(0).topic()).isEqualTo("muster.account-events");
    assertThat(sent.get(0).key()).isEqualTo(example.get("key").asText());
    assertThat(JSON.readTree(sent.get(0).value())).isEqualTo(example.get("value"));
    assertThat(headers(sent.get(0))).isEqualTo(example.get("headers"));
  }

  @Test
  void whereEventsAreOffNothingIsSent() throws IOException, UnreadableMessage {
    AccountEvent event =
        Wire.of(Topics.ACCOUNT_EVENTS)
            .decode(JSON.writeValueAsBytes(example(AccountEventType.ADDED).get("value")));
    Some command = new Some(event, Part.USER, false);

    var sent =
        new AnnouncingChanges(() -> false, "user-service")
            .of(new SomeType(command), answer(command));

    assertThat(sent).isEmpty();
  }

  private static Answer<Some> answer(Some command) {
    return new Answer<>(command, Outcome.applied(), null);
  }

  private static ObjectNode headers(ProducerRecord<?, ?> sent) {
    ObjectNode headers = JSON.createObjectNode();
    for (Header header : sent.headers()) {
      headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
    }
    return headers;
  }

  private static JsonNode example(AccountEventType type) throws IOException {
    String file = "/examples/account-" + type.word() + ".json";
    try (InputStream json = AccountEvent.class.getResourceAsStream(file)) {
      return JSON.readTree(json);
    }
  }

  /** A command that does what the event says. */
  private record Some(AccountEvent event, Part part, boolean isUndo) {}

  private record SomeType(Some command) implements CommandType<Some> {
    @Override
    public Topic<Some> topic() {
      throw new UnsupportedOperationException("comes from nowhere");
    }

    @Override
    public Part part() {
      return command.part();
    }

    @Override
    public String tenant(Some some) {
      return some.event().tenant();
    }

    @Override
    public CommandId id(Some some) {
      return new CommandId(some.event().jobId(), some.event().row());
    }

    @Override
    public CommandId undoes(Some some) {
      return some.isUndo() ? id(some) : null;
    }

    @Override
    public Set<Part> parts(Some some) {
      return Set.of(some.part());
    }

    @Override
    public Collection<?> contentionKeys(Some some) {
      return List.of();
    }

    @Override
    public Announcements<Some> announcements() {
      return new Announcements<>() {
        @Override
        public String userPrincipalName(Some some) {
          return some.event().userPrincipalName();
        }

        @Override
        public List<Happening> of(Some some, Outcome outcome) {
          AccountEvent event = some.event();
          return List.of(
              new Happening(
                  event.type(),
                  event.state(),
                  event.licenses() == null ? event.properties() : event.licenses()));
        }
      };
    }
  }
}

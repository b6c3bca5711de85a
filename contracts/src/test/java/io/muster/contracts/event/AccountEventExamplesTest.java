package io.muster.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.muster.contracts.topic.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each event has an example that keeps the contract, so that others can build on it. */
class AccountEventExamplesTest {
  private static final ObjectMapper JSON =
      new ObjectMapper().setSerializationInclusion(JsonInclude.Include.NON_NULL);

  @ParameterizedTest
  @EnumSource
  void theExampleOfAnEventIsReadAndWrittenAsItIs(AccountEventType type) throws IOException {
    JsonNode value = example(type).get("value");

    AccountEvent event = JSON.treeToValue(value, AccountEvent.class);

    assertThat(event.type()).isEqualTo(type);
    assertThat(JSON.readTree(JSON.writeValueAsBytes(event))).isEqualTo(value);
  }

  @ParameterizedTest
  @EnumSource
  void keyAndHeadersOfTheExampleFollowFromItsValue(AccountEventType type) throws IOException {
    JsonNode example = example(type);

    AccountEvent event = JSON.treeToValue(example.get("value"), AccountEvent.class);

    assertThat(example.get("key").asText())
        .isEqualTo(Topics.userKey(event.tenant(), event.userPrincipalName()));
    JsonNode headers = example.get("headers");
    assertThat(headers.get("ce_type").asText())
        .isEqualTo("io.muster.account." + type.word() + ".v1");
    assertThat(headers.get("ce_id").asText())
        .startsWith(event.jobId() + "/" + event.row() + "/")
        .contains("/" + type.word());
    for (String required : names(schema("Headers"), "required")) {
      assertThat(headers.has(required)).as(required).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void theExampleHasWhatTheDescriptionRequiresAndNothingElse(AccountEventType type)
      throws IOException {
    JsonNode schema = schema("AccountEvent");

    JsonNode value = example(type).get("value");

    List<String> fields = new ArrayList<>();
    value.fieldNames().forEachRemaining(fields::add);
    assertThat(fields).containsAll(names(schema, "required"));
    List<String> described = new ArrayList<>();
    schema.get("properties").fieldNames().forEachRemaining(described::add);
    assertThat(described).containsAll(fields);
  }

  @Test
  void idsOfAllExamplesDiffer() throws IOException {
    List<String> ids = new ArrayList<>();
    for (AccountEventType type : AccountEventType.values()) {
      ids.add(example(type).at("/headers/ce_id").asText());
    }

    assertThat(ids).doesNotHaveDuplicates();
  }

  private static List<String> names(JsonNode schema, String field) {
    List<String> names = new ArrayList<>();
    schema.get(field).forEach(name -> names.add(name.asText()));
    return names;
  }

  private static JsonNode schema(String name) throws IOException {
    try (InputStream yaml = AccountEvent.class.getResourceAsStream("/asyncapi.yaml")) {
      return new ObjectMapper(new YAMLFactory()).readTree(yaml).at("/components/schemas/" + name);
    }
  }

  private static JsonNode example(AccountEventType type) throws IOException {
    String file = "/examples/account-" + type.word() + ".json";
    try (InputStream json = AccountEvent.class.getResourceAsStream(file)) {
      assertThat(json).as(file).isNotNull();
      return JSON.readTree(json);
    }
  }
}

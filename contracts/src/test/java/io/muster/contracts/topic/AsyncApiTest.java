package io.muster.contracts.topic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The description of the topics says what the records are, field by field. */
class AsyncApiTest {
  private static final JsonNode API = read();

  @Test
  void eachTopicIsAChannelWithItsPartitionsAndItsRecord() {
    List<String> channels = new ArrayList<>();
    for (JsonNode channel : API.get("channels")) {
      channels.add(
          channel.get("address").asText()
              + ' '
              + channel.at("/bindings/kafka/partitions").asInt()
              + ' '
              + payloadOf(resolve(channel.get("messages").elements().next())));
    }

    assertThat(channels)
        .containsExactlyElementsOf(
            Topics.all().stream()
                .map(t -> t.name() + ' ' + t.partitions() + ' ' + t.value().getSimpleName())
                .toList());
  }

  @Test
  void eachTopicTellsHowLongItKeepsItsRecords() {
    List<String> told = new ArrayList<>();
    for (JsonNode channel : API.get("channels")) {
      JsonNode config = channel.at("/bindings/kafka/topicConfiguration");
      told.add(
          config.at("/cleanup.policy/0").asText()
              + ' '
              + config.get("retention.ms").asText()
              + ' '
              + config.get("retention.bytes").asText());
    }

    assertThat(told)
        .containsExactlyElementsOf(
            Topics.all().stream()
                .map(topic -> topic.keeping().topicConfig())
                .map(
                    config ->
                        config.get("cleanup.policy")
                            + ' '
                            + config.get("retention.ms")
                            + ' '
                            + config.get("retention.bytes"))
                .toList());
  }

  @Test
  void eachTopicIsSentAndReceivedAndHasAKey() {
    API.get("channels")
        .properties()
        .forEach(
            channel -> {
              String ref = "#/channels/" + channel.getKey();
              Set<String> actions = new LinkedHashSet<>();
              for (JsonNode operation : API.get("operations")) {
                if (ref.equals(operation.at("/channel/$ref").asText())) {
                  actions.add(operation.get("action").asText());
                }
              }
              assertThat(actions).as(ref).containsExactlyInAnyOrder("send", "receive");
              JsonNode message = resolve(channel.getValue().get("messages").elements().next());
              assertThat(message.at("/bindings/kafka/key/type").asText()).isEqualTo("string");
              // HR's events come from other systems, with the headers of CloudEvents alone.
              assertThat(message.at("/headers/$ref").asText())
                  .isEqualTo(
                      channel.getKey().equals("hrEvents")
                          ? "#/components/schemas/HrHeaders"
                          : "#/components/schemas/Headers");
            });
  }

  @Test
  void theHeadersAreThoseOfTheContracts() throws IllegalAccessException {
    Set<String> names = new LinkedHashSet<>();
    for (Field field : Headers.class.getFields()) {
      names.add((String) field.get(null));
    }

    assertThat(namesOf(schema("Headers").get("properties")))
        .containsExactlyInAnyOrderElementsOf(names);
  }

  @Test
  void eachSchemaHasTheFieldsOfItsRecordAndNoOthers() {
    Set<String> described = new LinkedHashSet<>(Set.of("Headers", "HrHeaders"));
    Deque<Class<?>> open = new ArrayDeque<>(Topics.all().stream().map(Topic::value).toList());
    while (!open.isEmpty()) {
      Class<?> type = open.pop();
      if (described.add(nameOf(type))) {
        open.addAll(type.isEnum() ? checkEnum(type) : checkRecord(type));
      }
    }

    assertThat(namesOf(API.at("/components/schemas")))
        .containsExactlyInAnyOrderElementsOf(described);
  }

  private static List<Class<?>> checkEnum(Class<?> type) {
    List<String> words = new ArrayList<>();
    schema(nameOf(type)).get("enum").forEach(word -> words.add(word.asText()));
    assertThat(words)
        .as(type.getSimpleName())
        .isEqualTo(Arrays.stream(type.getEnumConstants()).map(Object::toString).toList());
    return List.of();
  }

  private static List<Class<?>> checkRecord(Class<?> type) {
    JsonNode schema = schema(nameOf(type));
    List<Class<?>> found = new ArrayList<>();
    List<String> fields = new ArrayList<>();
    List<String> required = new ArrayList<>();
    schema.get("required").forEach(name -> required.add(name.asText()));
    for (RecordComponent component : type.getRecordComponents()) {
      fields.add(component.getName());
      JsonNode property = schema.at("/properties/" + component.getName());
      check(component.getGenericType(), property, type.getSimpleName() + component, found);
      if (component.getType().isPrimitive()) {
        assertThat(required).as(type.getSimpleName()).contains(component.getName());
      }
    }
    assertThat(namesOf(schema.get("properties")))
        .as(type.getSimpleName())
        .containsExactlyElementsOf(fields);
    assertThat(fields).as(type.getSimpleName()).containsAll(required);
    return found;
  }

  private static void check(Type type, JsonNode property, String where, List<Class<?>> found) {
    if (type instanceof ParameterizedType generic) {
      Class<?> raw = (Class<?>) generic.getRawType();
      Type[] arguments = generic.getActualTypeArguments();
      if (raw == Map.class) {
        assertThat(property.path("type").asText()).as(where).isEqualTo("object");
        check(arguments[1], property.path("additionalProperties"), where, found);
        if (arguments[0] != String.class) {
          found.add((Class<?>) arguments[0]);
        }
      } else {
        assertThat(property.path("type").asText()).as(where).isEqualTo("array");
        assertThat(property.path("uniqueItems").asBoolean()).as(where).isEqualTo(raw == Set.class);
        check(arguments[0], property.path("items"), where, found);
      }
      return;
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isEnum() || plain.isRecord()) {
      assertThat(property.path("$ref").asText())
          .as(where)
          .isEqualTo("#/components/schemas/" + nameOf(plain));
      found.add(plain);
    } else {
      assertThat(property.path("type").asText() + '/' + property.path("format").asText())
          .as(where)
          .isEqualTo(inJson(plain));
    }
  }

  private static String inJson(Class<?> type) {
    if (type == long.class || type == Long.class) {
      return "integer/int64";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "boolean/";
    }
    if (type == UUID.class) {
      return "string/uuid";
    }
    if (type == Instant.class) {
      return "string/date-time";
    }
    if (type == LocalDate.class) {
      return "string/date";
    }
    return type == Duration.class ? "string/duration" : "string/";
  }

  /** A nested type carries the name of the one around it: {@code JobSnapshotNotice}. */
  private static String nameOf(Class<?> type) {
    Class<?> around = type.getEnclosingClass();
    return (around == null ? "" : around.getSimpleName()) + type.getSimpleName();
  }

  private static JsonNode schema(String name) {
    JsonNode schema = API.at("/components/schemas/" + name);
    assertThat(schema.isMissingNode()).as("schema of " + name + " is missing").isFalse();
    return schema;
  }

  private static String payloadOf(JsonNode message) {
    String ref = message.at("/payload/$ref").asText();
    return ref.substring(ref.lastIndexOf('/') + 1);
  }

  private static JsonNode resolve(JsonNode reference) {
    return API.at(reference.get("$ref").asText().substring(1));
  }

  private static List<String> namesOf(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static JsonNode read() {
    try (InputStream yaml = AsyncApiTest.class.getResourceAsStream("/asyncapi.yaml")) {
      return new ObjectMapper(new YAMLFactory()).readTree(yaml);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}

package io.muster.chassis.hr;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.muster.chassis.hr.UnfitEvent.KnownOfIt;
import io.muster.chassis.wire.Wire;
import io.muster.contracts.command.TenantId;
import io.muster.contracts.hr.DeadReason;
import io.muster.contracts.hr.HrEvent;
import io.muster.contracts.topic.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/**
 * Reads HR's events at every door by the one schema, {@code schemas/hr-event.schema.json}: what
 * comes out of here is fit for everything behind it. Thread-safe.
 */
public final class ReadingHrEvents {
  /** Twenty times what the longest values of all fields take. */
  public static final int LARGEST_EVENT = 64 * 1024;

  private static final int LONGEST_NAME = 256;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private static final Wire<HrEvent> WIRE = Wire.of(Topics.HR_EVENTS);

  private final Schema schema = schema();

  private static Schema schema() {
    try (InputStream json = HrEvent.class.getResourceAsStream("/schemas/hr-event.schema.json")) {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(json, InputFormat.JSON);
    } catch (IOException e) {
      throw new IllegalStateException("the schema of HR's events can't be read", e);
    }
  }

  /**
   * An event in structured mode: one JSON object with attributes and data.
   *
   * @param json null counts as empty
   */
  public HrEvent structured(byte[] json) throws UnfitEvent {
    return read(parsed(json, KnownOfIt.NOTHING));
  }

  /**
   * An event in binary mode.
   *
   * @param attributes by their CloudEvents names, without prefix; what isn't an attribute is
   *     ignored
   * @param data null counts as empty
   */
  public HrEvent binary(Map<String, String> attributes, byte[] data) throws UnfitEvent {
    ObjectNode event = JSON.createObjectNode();
    attributes.forEach(event::put);
    event.set("data", parsed(data, known(event)));
    return read(event);
  }

  /**
   * Any JSON, a batch for example.
   *
   * @throws UnfitEvent NOT_JSON
   */
  public static JsonNode parsed(byte[] json) throws UnfitEvent {
    try {
      JsonNode node = json == null ? null : JSON.readTree(json);
      if (node != null && !node.isMissingNode()) {
        return node;
      }
    } catch (IOException e) {
      // Neither Jackson's text nor its cause: both quote the value.
      throw notJson(KnownOfIt.NOTHING);
    }
    throw notJson(KnownOfIt.NOTHING);
  }

  private static JsonNode parsed(byte[] json, KnownOfIt known) throws UnfitEvent {
    if (json != null && json.length > LARGEST_EVENT) {
      throw new UnfitEvent(
          DeadReason.NOT_JSON,
          null,
          "An event has " + LARGEST_EVENT + " bytes at most: send what the schema names only.",
          known);
    }
    try {
      return parsed(json);
    } catch (UnfitEvent e) {
      throw notJson(known);
    }
  }

  /** An event that is JSON already. */
  public HrEvent read(JsonNode event) throws UnfitEvent {
    KnownOfIt known = known(event);
    if (!event.isObject()) {
      throw notJson(known);
    }
    List<Error> errors =
        schema.validate(
            event, context -> context.executionConfig(c -> c.formatAssertionsEnabled(true)));
    if (!errors.isEmpty()) {
      Error first = errors.get(0);
      throw broken(field(first), first.getMessage(), known);
    }
    try {
      HrEvent read = JSON.treeToValue(event, HrEvent.class);
      if (TenantId.isOne(read.data().tenant()) && isWholeText(event)) {
        return read;
      }
    } catch (JsonProcessingException e) {
      // Its text quotes the value. The schema knows numbers and times that Java doesn't.
      String field =
          e instanceof JsonMappingException mapping
              ? String.join(
                  ".",
                  mapping.getPath().stream().map(p -> String.valueOf(p.getFieldName())).toList())
              : null;
      throw broken(field, "This value is out of range.", known);
    }
    throw broken(null, "A text holds half a character, or a line break at its end.", known);
  }

  /** As structured mode writes it; nulls are left out. */
  public static byte[] write(HrEvent event) {
    return WIRE.encode(event);
  }

  /** Lone surrogates pass JSON and schema, but no database. */
  private static boolean isWholeText(JsonNode node) {
    if (node.isTextual()) {
      String text = node.textValue();
      return text.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
    }
    for (JsonNode each : node) {
      if (!isWholeText(each)) {
        return false;
      }
    }
    return true;
  }

  private static String field(Error error) {
    String path = error.getInstanceLocation().toString().replace('/', '.');
    String place = path.startsWith(".") ? path.substring(1) : path;
    String missing = "required".equals(error.getKeyword()) ? error.getProperty() : null;
    if (missing == null) {
      return place.isEmpty() ? null : place;
    }
    return place.isEmpty() ? missing : place + '.' + missing;
  }

  private static KnownOfIt known(JsonNode event) {
    JsonNode data = event.path("data");
    String tenant = text(data.path("tenant"));
    return new KnownOfIt(
        tenant != null && TenantId.isOne(tenant) ? tenant : null,
        text(event.path("source")),
        text(event.path("id")),
        text(event.path("type")),
        text(data.path("employeeId")));
  }

  /** A name that can be kept: short, and nothing in it that isn't text. */
  private static String text(JsonNode node) {
    String text = node.textValue();
    boolean fit =
        text != null
            && !text.isEmpty()
            && text.length() <= LONGEST_NAME
            && isWholeText(node)
            && text.chars().noneMatch(Character::isISOControl);
    return fit ? text : null;
  }

  private static UnfitEvent notJson(KnownOfIt known) {
    return new UnfitEvent(
        DeadReason.NOT_JSON,
        null,
        "An event is one JSON object in UTF-8, each of its keys once: see"
            + " schemas/hr-event.schema.json.",
        known);
  }

  private static UnfitEvent broken(String field, String sentence, KnownOfIt known) {
    return new UnfitEvent(DeadReason.BREAKS_THE_SCHEMA, field, sentence, known);
  }
}

package io.muster.gateway.hr;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.chassis.hr.ReadingHrEvents;
import io.muster.chassis.hr.UnfitEvent;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.hr.DeadReason;
import io.muster.contracts.hr.HrEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the events of a call, in the three modes of CloudEvents' HTTP binding. All of them are fit,
 * or the call is refused with the first that isn't.
 */
@ApplicationScoped
class ReadingACall {
  private static final String STRUCTURED = "application/cloudevents+json";
  private static final String BATCH = "application/cloudevents-batch+json";
  private static final String ATTRIBUTE = "ce-";

  private final ReadingHrEvents reading = new ReadingHrEvents();
  private final HrEventsConfig config;
  private final Clock clock;

  ReadingACall(HrEventsConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  /**
   * @return at least one
   * @throws RequestRefused INVALID_REQUEST with the field to blame
   */
  List<HrEvent> read(HttpHeaders headers, byte[] body) {
    Map<String, String> attributes = attributes(headers);
    String type = mediaType(headers.getHeaderString(HttpHeaders.CONTENT_TYPE));
    try {
      if (type.equals(BATCH)) {
        return batch(ReadingHrEvents.parsed(body));
      }
      if (type.equals(STRUCTURED)) {
        return List.of(ofThisTime("time", reading.structured(body)));
      }
      if (attributes.containsKey("specversion")) {
        return List.of(ofThisTime("time", reading.binary(attributes, body)));
      }
    } catch (UnfitEvent e) {
      throw refused("", e);
    }
    throw RequestRefused.invalid(
        HttpHeaders.CONTENT_TYPE,
        "Send "
            + STRUCTURED
            + ", "
            + BATCH
            + ", or the data alone with the event's attributes in headers that begin with "
            + ATTRIBUTE
            + '.');
  }

  private List<HrEvent> batch(JsonNode events) {
    if (!events.isArray() || events.isEmpty() || events.size() > config.maxEvents()) {
      throw RequestRefused.invalid(
          "events", "A batch is a JSON array of 1 to " + config.maxEvents() + " events.");
    }
    List<HrEvent> read = new ArrayList<>(events.size());
    for (int i = 0; i < events.size(); i++) {
      try {
        read.add(ofThisTime("events[" + i + "].time", reading.read(events.get(i))));
      } catch (UnfitEvent e) {
        throw refused("events[" + i + "]", e);
      }
    }
    return read;
  }

  /** One that is ahead of its time would make all that is true older than itself. */
  private HrEvent ofThisTime(String field, HrEvent event) {
    if (event.time() != null && event.time().isAfter(clock.instant().plus(config.timeAhead()))) {
      throw RequestRefused.invalid(
          field,
          "The time lies more than "
              + config.timeAhead().toHours()
              + " hours ahead of Muster's clock. Set the clock of the system that sends it; for a"
              + " day to come there are data.startDate and data.endDate.");
    }
    return event;
  }

  private static RequestRefused refused(String place, UnfitEvent unfit) {
    String field = unfit.field() == null ? "" : unfit.field();
    String dot = place.isEmpty() || field.isEmpty() ? "" : ".";
    String blamed = place + dot + field;
    boolean json = unfit.reason() == DeadReason.NOT_JSON;
    return RequestRefused.invalid(
        blamed.isEmpty() ? "body" : blamed,
        json
            ? unfit.getMessage()
            : "The event breaks its schema, schemas/hr-event.schema.json: " + unfit.getMessage());
  }

  /** Without its parameters. As it was sent: what is no media type is another one than ours. */
  private static String mediaType(String header) {
    return header == null ? "" : header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  /** By their CloudEvents names. The binding writes what isn't plain ASCII in percent signs. */
  private static Map<String, String> attributes(HttpHeaders headers) {
    Map<String, String> attributes = new HashMap<>();
    headers
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              String lower = name.toLowerCase(Locale.ROOT);
              if (lower.startsWith(ATTRIBUTE)) {
                attributes.put(lower.substring(ATTRIBUTE.length()), decoded(values.get(0)));
              }
            });
    return attributes;
  }

  private static String decoded(String value) {
    try {
      // A plus sign is one: this is no form.
      return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return value;
    }
  }
}

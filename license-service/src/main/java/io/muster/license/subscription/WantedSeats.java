package io.muster.license.subscription;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.job.RequestCode;
import io.muster.license.seat.Text;
import java.io.IOException;
import java.util.Set;

/**
 * What a subscription is to be.
 *
 * @param totalSeats 0 or more
 * @param name null leaves it as it is
 */
record WantedSeats(int totalSeats, String name) {
  private static final int LONGEST_NAME = 256;

  /** An answer can be sent back as it came; these are not for the caller to say. */
  private static final Set<String> READ_ONLY = Set.of("sku", "assignedSeats", "freeSeats");

  private static final ObjectReader READER =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  /**
   * @throws RequestRefused INVALID_REQUEST, with the field where one is to blame
   */
  static WantedSeats read(byte[] body) {
    if (!(json(body) instanceof ObjectNode wanted)) {
      throw notAnObject();
    }
    wanted
        .fieldNames()
        .forEachRemaining(
            field -> {
              if (!READ_ONLY.contains(field)
                  && !field.equals("totalSeats")
                  && !field.equals("name")) {
                throw RequestRefused.invalid(field, "There is no such field.");
              }
            });
    return new WantedSeats(totalSeats(wanted.path("totalSeats")), name(wanted.path("name")));
  }

  private static JsonNode json(byte[] body) {
    try {
      return READER.readTree(body);
    } catch (IOException e) {
      // Bytes that are no text in any encoding are not always a JsonProcessingException.
      throw notAnObject();
    }
  }

  private static int totalSeats(JsonNode value) {
    if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 0) {
      throw RequestRefused.invalid(
          "totalSeats", "totalSeats is a whole number from 0 to %d.".formatted(Integer.MAX_VALUE));
    }
    return value.intValue();
  }

  private static String name(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    String name = value.asText().strip();
    if (!value.isTextual() || !Text.isPrintable(name) || Text.length(name) > LONGEST_NAME) {
      throw RequestRefused.invalid(
          "name", "name is a text of 1 to %d printable characters.".formatted(LONGEST_NAME));
    }
    return name;
  }

  private static RequestRefused notAnObject() {
    return RequestRefused.because(
        RequestCode.INVALID_REQUEST,
        "The body is a JSON object with totalSeats and, if you like, name.");
  }
}

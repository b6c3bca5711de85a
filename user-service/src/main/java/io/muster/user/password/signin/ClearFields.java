package io.muster.user.password.signin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.muster.chassis.problem.RequestRefused;
import io.muster.sealing.Secret;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads passwords out of a JSON body. By hand: the framework's reader and its exceptions quote what
 * they can't read, and log it when somebody turns the logs up.
 */
public final class ClearFields {
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION).build();

  private final Map<String, Secret> fields;

  private ClearFields(Map<String, Secret> fields) {
    this.fields = fields;
  }

  /**
   * @throws RequestRefused INVALID_REQUEST when it is no JSON object; it quotes nothing
   */
  public static ClearFields read(byte[] body) {
    Map<String, Secret> fields = new HashMap<>();
    try (JsonParser json = JSON.createParser(body == null ? new byte[0] : body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw noObject();
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        if (json.nextToken() == JsonToken.VALUE_STRING) {
          fields.put(name, Secret.of(json.getText()));
        } else {
          json.skipChildren();
        }
      }
      if (json.currentToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
        throw noObject();
      }
    } catch (IOException e) {
      throw noObject();
    }
    return new ClearFields(fields);
  }

  /**
   * @throws RequestRefused INVALID_REQUEST when there is no such text
   */
  public Secret secret(String field) {
    Secret secret = fields.get(field);
    if (secret == null) {
      throw RequestRefused.invalid(field, "The body is a JSON object with text in " + field + ".");
    }
    return secret;
  }

  private static RequestRefused noObject() {
    return RequestRefused.invalid("body", "The body is a JSON object.");
  }
}

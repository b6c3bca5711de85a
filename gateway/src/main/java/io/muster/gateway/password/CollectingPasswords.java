package io.muster.gateway.password;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.job.RequestCode;
import io.muster.gateway.access.ServiceCalls;
import io.muster.gateway.access.ServicesConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Generated passwords from user-service, which hands them to the job's submitter alone. They pass
 * through one by one and are kept nowhere.
 */
@ApplicationScoped
public class CollectingPasswords {
  private final ServiceCalls calls;
  private final ServicesConfig services;
  private final ObjectMapper json;

  CollectingPasswords(ServiceCalls calls, ServicesConfig services, ObjectMapper json) {
    this.calls = calls;
    this.services = services;
    this.json = json;
  }

  /** Takes each password as it comes. */
  interface Receiver {
    void receive(long row, String userPrincipalName, String password) throws IOException;
  }

  /**
   * The password that a single call generated: handed out this once, then shredded.
   *
   * @param bearer the caller's Authorization header; the caller submitted the job
   * @return empty when the call generated none
   * @throws RequestRefused CREDENTIALS_GONE when it was taken before
   */
  public Optional<String> ofSingleCall(UUID job, String bearer) {
    try (InputStream answer =
        calls.post(
            services.userUrl(), path(job) + "/take", bearer, Map.of(), BodyPublishers.noBody())) {
      return Optional.of(json.readTree(answer).required("password").asText());
    } catch (RequestRefused refused) {
      if (RequestCode.NOT_FOUND.name().equals(refused.problem().code())) {
        return Optional.empty();
      }
      throw refused;
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable();
    }
  }

  /**
   * Asks for a job's passwords.
   *
   * @return to be read by {@link #read}, which closes it
   * @throws RequestRefused FORBIDDEN, CREDENTIALS_GONE
   */
  InputStream collect(UUID job, String bearer) {
    return calls.get(services.userUrl(), path(job), bearer);
  }

  /**
   * @throws IOException when the receiver does
   * @throws IllegalStateException when user-service's answer broke off
   */
  void read(InputStream answer, Receiver receiver) throws IOException {
    try (answer;
        JsonParser parser = json.createParser(answer)) {
      expect(next(parser) == JsonToken.START_OBJECT);
      expect(next(parser) == JsonToken.FIELD_NAME && parser.currentName().equals("items"));
      expect(next(parser) == JsonToken.START_ARRAY);
      while (next(parser) == JsonToken.START_OBJECT) {
        readOne(parser, receiver);
      }
      expect(next(parser) == JsonToken.FIELD_NAME && parser.currentName().equals("whole"));
      expect(next(parser) == JsonToken.VALUE_TRUE);
    }
  }

  /** Shreds them at once. */
  void shred(UUID job, String bearer) {
    calls.delete(services.userUrl(), path(job), bearer);
  }

  private static void readOne(JsonParser parser, Receiver receiver) throws IOException {
    long row = 0;
    String userPrincipalName = null;
    String password = null;
    while (next(parser) == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      next(parser);
      switch (name) {
        case "row" -> row = parser.getLongValue();
        case "userPrincipalName" -> userPrincipalName = parser.getText();
        case "password" -> password = parser.getText();
        default -> parser.skipChildren();
      }
    }
    expect(row > 0 && userPrincipalName != null && password != null);
    receiver.receive(row, userPrincipalName, password);
  }

  private static JsonToken next(JsonParser parser) {
    try {
      return parser.nextToken();
    } catch (IOException e) {
      // Without Jackson's text, which quotes passwords.
      throw unreadable();
    }
  }

  private static void expect(boolean found) {
    if (!found) {
      throw unreadable();
    }
  }

  private static IllegalStateException unreadable() {
    return new IllegalStateException("passwords from user-service broke off or can't be read");
  }

  private static String path(UUID job) {
    return "/v1/jobs/" + job + "/handout";
  }
}

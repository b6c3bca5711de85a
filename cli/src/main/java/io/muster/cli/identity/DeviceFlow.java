package io.muster.cli.identity;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.CommandFailed;
import io.muster.cli.ExitCode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Signs somebody in with the browser of any device (RFC 8628): this client shows a code, the person
 * types it at the issuer's page, and this client asks until that has happened.
 */
final class DeviceFlow {
  /** Waits between two tries; replaced in tests. */
  @FunctionalInterface
  interface Pause {
    void of(Duration duration) throws InterruptedException;
  }

  /**
   * What the person needs.
   *
   * @param complete the page with the code already in it; null when the issuer has none
   */
  record Invitation(String page, String code, String complete, Duration validity) {}

  private static final String DEVICE_ENDPOINT = "device_authorization_endpoint";
  private static final String GRANT = "urn:ietf:params:oauth:grant-type:device_code";

  /** RFC 8628, 3.2 and 3.5: unless told otherwise, and at every {@code slow_down}. */
  private static final Duration USUAL_INTERVAL = Duration.ofSeconds(5);

  /** An issuer that asks for no interval at all isn't to be hammered either. */
  private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(250);

  /** RFC 8628, 3.5: after a broken connection, doubled each time. */
  private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(1);

  private final Issuer issuer;
  private final String clientId;
  private final InstantSource clock;
  private final Pause pause;

  DeviceFlow(Issuer issuer, String clientId, InstantSource clock, Pause pause) {
    this.issuer = issuer;
    this.clientId = clientId;
    this.clock = clock;
    this.pause = pause;
  }

  /**
   * Blocks until the person has signed in.
   *
   * @param wishes further parameters, such as {@code scope}
   * @param invite shows the person where to go; called once
   * @throws CommandFailed when they refuse or take too long
   */
  Tokens signIn(Map<String, String> wishes, Consumer<Invitation> invite) {
    Map<String, String> form = new HashMap<>(wishes);
    form.put("client_id", clientId);
    Issuer.Answer answer = issuer.post(DEVICE_ENDPOINT, form);
    if (answer.error() != null) {
      throw refused(answer);
    }
    JsonNode device = answer.document();
    Duration validity = Duration.ofSeconds(device.path("expires_in").asLong());
    invite.accept(
        new Invitation(
            device.path("verification_uri").asText(),
            device.path("user_code").asText(),
            device.path("verification_uri_complete").asText(null),
            validity));
    Duration interval =
        Duration.ofSeconds(device.path("interval").asLong(USUAL_INTERVAL.toSeconds()));
    try {
      return poll(device.path("device_code").asText(), interval, clock.instant().plus(validity));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailed.unreachable("Interrupted while waiting for the sign-in.", e);
    }
  }

  private Tokens poll(String deviceCode, Duration first, Instant end) throws InterruptedException {
    Map<String, String> form =
        Map.of("grant_type", GRANT, "device_code", deviceCode, "client_id", clientId);
    Duration interval = first.compareTo(SHORTEST_INTERVAL) < 0 ? SHORTEST_INTERVAL : first;
    while (clock.instant().isBefore(end)) {
      pause.of(interval);
      Issuer.Answer answer = ask(form);
      if (answer == null) {
        Duration longer = interval.multipliedBy(2);
        interval = longer.compareTo(LONGEST_INTERVAL) < 0 ? longer : LONGEST_INTERVAL;
      } else if (answer.error() == null) {
        return Tokens.of(answer.document(), clock.instant());
      } else if (answer.error().equals("slow_down")) {
        interval = interval.plus(USUAL_INTERVAL);
      } else if (!answer.error().equals("authorization_pending")) {
        throw refused(answer);
      }
    }
    throw tooLate();
  }

  /** Null when nobody answers: the network may come back while the person is typing. */
  private Issuer.Answer ask(Map<String, String> form) {
    try {
      return issuer.post("token_endpoint", form);
    } catch (CommandFailed failed) {
      if (failed.exitCode() != ExitCode.UNREACHABLE) {
        throw failed;
      }
      return null;
    }
  }

  private static CommandFailed refused(Issuer.Answer answer) {
    return switch (answer.error()) {
      case "access_denied" ->
          CommandFailed.refused("UNAUTHENTICATED", "The sign-in was declined in the browser.");
      case "expired_token" -> tooLate();
      default -> {
        String told = answer.document().path("error_description").asText("");
        yield CommandFailed.refused(
            "UNAUTHENTICATED",
            "The issuer refuses: " + answer.error() + (told.isEmpty() ? "" : ", " + told) + ".");
      }
    };
  }

  private static CommandFailed tooLate() {
    return CommandFailed.refused(
        "UNAUTHENTICATED", "The code was not used in time; run muster login again.");
  }
}

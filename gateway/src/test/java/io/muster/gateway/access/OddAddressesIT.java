package io.muster.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.contracts.job.JobSnapshot;
import io.muster.gateway.Callers;
import io.muster.gateway.GatewayPlatform;
import io.muster.gateway.Jobs;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/**
 * What no client should send is answered by a whole problem document, and never as a fault of ours.
 */
@QuarkusTest
@QuarkusTestResource(GatewayPlatform.class)
class OddAddressesIT {
  private static final String TENANT = "odd";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** As they stand in a request line: what a browser or a careless client leaves unescaped too. */
  private static final List<String> TEXTS =
      List.of(
          "a|b",
          "\"a\"",
          "a[b]",
          "a^b",
          "{a}",
          "`a`",
          "<a>",
          "a\\b",
          "\u00c3\u00a9",
          "\u00ff",
          "%",
          "%z",
          "%zz",
          "a%2",
          "%00",
          "%ff",
          "%E9",
          "%C3%A9",
          "a+b",
          "a;b",
          "%0d%0aX:y",
          "%F0%9F%98%80",
          "%ED%A0%80",
          "a=b&c=d",
          "../..",
          "%2e%2e%2f");

  private static final List<String> PATHS =
      List.of(
          "/v1/jobs?state=",
          "/v1/jobs?operation=",
          "/v1/jobs?source=",
          "/v1/jobs?after=",
          "/v1/jobs?limit=",
          "/v1/jobs?x=",
          "/v1/jobs/",
          "/v1/jobs/JOB/rows?outcome=",
          "/v1/jobs/JOB/rows?code=",
          "/v1/jobs/JOB/rows?after=",
          "/v1/jobs/JOB/rows?limit=",
          "/v1/users?query=",
          "/v1/users?after=",
          "/v1/users/",
          "/v1/subscriptions?after=",
          "/v1/subscriptions/",
          "/v1/audit?user=",
          "/v1/hr/events?employee=",
          "/v1/dead-letters?after=",
          "/v1/dead-letters?limit=",
          "/v1/dead-letters/",
          "/v1/templates/",
          "/scim/v2/Users?filter=",
          "/scim/v2/Users?startIndex=",
          "/scim/v2/Users?count=",
          "/scim/v2/Users?cursor=",
          "/scim/v2/Users?attributes=",
          "/scim/v2/Users/",
          "/scim/v2/Schemas/",
          "/",
          "/v1/");

  private static final List<String> METHODS =
      List.of("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND");

  @ConfigProperty(name = "quarkus.http.port")
  int port;

  private final String token = Callers.token(TENANT, "ada@odd.example", "tenant-admin");

  /** An answer as it came. */
  private record Answer(int status, String headers, String body) {}

  @Test
  void textsThatNoClientShouldSendAreAnsweredInForm() throws IOException {
    String job = aJob();
    List<String> wrong = new ArrayList<>();
    for (String path : PATHS) {
      for (String text : TEXTS) {
        String asked = path.replace("JOB", job) + text;
        fault(send("GET", asked, "")).ifPresent(fault -> wrong.add("GET " + asked + fault));
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void methodsThatAnAddressDoesNotHaveAreAnsweredInForm() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (String path :
        List.of(
            "/v1/jobs/" + aJob(),
            "/v1/users",
            "/v1/subscriptions",
            "/v1/audit",
            "/v1/operations",
            "/v1/jobs/" + aJob() + "/pause",
            "/v1/users/o'hara%2Fx@odd.example/password",
            "/v1/templates/add.csv",
            "/scim/v2/Schemas",
            "/v1/jobs")) {
      for (String method : METHODS) {
        Answer answer = send(method, path, "Accept: application/json\r\n");
        fault(answer).ifPresent(fault -> wrong.add(method + " " + path + fault));
        if (answer.status() == 405
            && !answer.headers().toLowerCase(Locale.ROOT).contains("\nallow: ")) {
          wrong.add(method + " " + path + ": 405 without Allow");
        }
      }
      Answer other = send("GET", path, "Accept: image/png\r\n");
      fault(other).ifPresent(fault -> wrong.add("GET " + path + " as a picture" + fault));
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void aMethodThatIsNotTakenIsAnsweredWithThoseThatAre() throws IOException {
    assertThat(send("DELETE", "/v1/jobs", "").headers())
        .contains("Allow: GET, HEAD, OPTIONS, POST");
    assertThat(send("POST", "/v1/users/a%2Fb@odd.example", "").headers())
        .contains("Allow: DELETE, GET, HEAD, OPTIONS, PATCH");
    assertThat(send("OPTIONS", "/v1/users", "").headers())
        .contains("Allow: GET, HEAD, OPTIONS, POST");
    // Several resources answer below this one.
    assertThat(send("GET", "/v1/jobs/" + aJob() + "/pause", "").headers())
        .startsWith("HTTP/1.1 405 ")
        .contains("Allow: OPTIONS, POST");
    assertThat(send("OPTIONS", "/v1/jobs/" + aJob() + "/pause", "").headers())
        .contains("Allow: OPTIONS, POST");
    assertThat(send("PATCH", "/v1/jobs/" + aJob() + "/rows", "").headers())
        .contains("Allow: GET, HEAD, OPTIONS");
  }

  /** What is wrong with an answer: nothing with one of 2xx or 3xx. */
  private static Optional<String> fault(Answer answer) {
    String shown = ": " + answer.status() + " " + answer.headers().lines().findFirst().orElse("");
    if (answer.status() >= 200 && answer.status() < 400) {
      return Optional.empty();
    }
    // 503: the stand-in behind it doesn't know what to answer.
    if (answer.status() == 500 || answer.status() > 503 || answer.status() == 0) {
      return Optional.of(shown + " is a fault of ours");
    }
    boolean scim = answer.headers().contains("application/scim+json");
    if (!scim && !answer.headers().contains("application/problem+json")) {
      return Optional.of(shown + " is no problem document");
    }
    try {
      JsonNode problem = JSON.readTree(answer.body());
      for (String member :
          scim
              ? List.of("detail", "status")
              : List.of("type", "title", "status", "detail", "code")) {
        // The stand-in behind it says no more.
        boolean spared = member.equals("detail") && answer.status() == 404;
        if (!spared && problem.path(member).asText("").isEmpty()) {
          return Optional.of(shown + " has no " + member);
        }
      }
      return Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.of(shown + " is no JSON");
    }
  }

  private Answer send(String method, String path, String headers) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      String request =
          method
              + ' '
              + path
              + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n"
              + headers
              + "Authorization: Bearer "
              + token
              + "\r\n\r\n";
      out.write(request.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      InputStream in = socket.getInputStream();
      String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      int end = answer.indexOf("\r\n\r\n");
      if (end < 0) {
        return new Answer(0, answer, "");
      }
      String body = answer.substring(end + 4);
      int from = body.indexOf('{');
      return new Answer(
          Integer.parseInt(answer.substring(9, 12)),
          answer.substring(0, end),
          from < 0 ? "" : body.substring(from, body.lastIndexOf('}') + 1));
    }
  }

  private static String aJob() {
    JobSnapshot job = Jobs.queued(Jobs.newId(), TENANT, "ada@odd.example", 1);
    return job.id().toString();
  }
}

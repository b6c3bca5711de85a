package io.muster.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Somebody is hired, changes and leaves, as an HR system tells it by HTTP. */
class HrST {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Instant BEGINNING = Instant.parse("2024-01-01T08:00:00Z");
  private static final int EMPLOYEES = 150;
  private static final int EVENTS = 1_500;
  private static final int BATCH = 100;

  private final RunningSystem system = RunningSystem.shared();

  @Test
  void whoIsHiredHasALicensedAccountUntilTheyLeave() throws IOException {
    Gateway admin = system.as("hr-people", "tenant-admin");
    Gateway feed = system.as("hr-people", "hr-feed");
    admin.seats("E3", 5);
    String user = "/v1/users/chris.green@hr-people.com";

    long began = System.nanoTime();
    tell(feed, example("hr-hired.json", "hr-people"));
    JsonNode hired =
        Awaitility.await("an account")
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(20))
            .until(() -> admin.get(user).json(), found -> isLicensed(found));
    System.out.println(
        "active and licensed ms after the event: " + (System.nanoTime() - began) / 1_000_000);

    assertThat(hired.path("state").asText()).isEqualTo("ACTIVE");
    assertThat(hired.path("credential").asText()).isEqualTo("NONE");
    assertThat(hired.path("department").asText()).isEqualTo("Information Technology");
    tell(feed, example("hr-hired.json", "hr-people"));
    tell(feed, example("hr-changed.json", "hr-people"));
    await("a change", () -> admin.get(user).json().path("unit").asText().equals("Hamburg"));
    tell(feed, example("hr-left.json", "hr-people"));
    await("the end", () -> admin.get(user).json().path("state").asText().equals("DISABLED"));
    await(
        "the seat",
        () -> admin.get("/v1/subscriptions/E3").json().path("assignedSeats").asInt() == 0);

    assertThat(
            admin.pages("/v1/hr/events?limit=10").stream()
                .map(receipt -> receipt.path("disposition").asText()))
        .containsExactly("APPLIED", "APPLIED", "DUPLICATE", "APPLIED");
    assertThat(admin.pages("/v1/hr/scheduled?limit=10"))
        .extracting(scheduled -> scheduled.path("what").asText())
        .containsExactly("REMOVE");
    List<JsonNode> jobs = admin.pages("/v1/jobs?source=HR");
    assertThat(jobs).hasSize(1);
    assertThat(jobs.get(0).path("state").asText()).isEqualTo("RUNNING");
    await(
        "all rows counted",
        () -> admin.job(jobs.get(0)).path("rows").path("succeeded").asInt() == 3);
  }

  @Test
  void aNamesakeWhoCameByFileKeepsTheirAccount() {
    Gateway admin = system.as("hr-names", "tenant-admin");
    Gateway feed = system.as("hr-names", "hr-feed");
    admin.run("operation=add", "UserPrincipalName,DisplayName\nann.lee@hr-names.com,Ann Lee\n");
    admin.run(
        "operation=add",
        "UserPrincipalName,DisplayName,EmployeeId\nboss@hr-names.com,The Boss,2\n");

    tell(feed, event("hr-names", 1, "hired", 0, "1", "Lee", "Sales"));
    tell(feed, event("hr-names", 2, "hired", 0, "2", "Smith", "Board"));

    await("the next candidate", () -> admin.get("/v1/users/ann.lee2@hr-names.com").status() == 200);
    await(
        "the account that is there",
        () ->
            admin
                .get("/v1/users/boss@hr-names.com")
                .json()
                .path("department")
                .asText()
                .equals("Board"));
    assertThat(admin.get("/v1/users/ann.lee@hr-names.com").json().path("state").asText())
        .isEqualTo("DISABLED");
    assertThat(admin.get("/v1/users/ann.smith@hr-names.com").status()).isEqualTo(404);
  }

  @Test
  void whoeverIsKilledEveryEventIsAccountedForAndAccountsAreAsTheNewestSays() throws SQLException {
    Gateway admin = system.as("hr-kills", "tenant-admin");
    Gateway feed = system.as("hr-kills", "hr-feed");
    Random random = new Random(20_260_129);
    List<Told> events = events(random);
    Map<String, Modelled> model = new HashMap<>();
    Set<Integer> names = new HashSet<>();
    for (int i = 0; i < events.size(); i += BATCH) {
      List<Told> batch = events.subList(i, i + BATCH);
      List<String> written = new ArrayList<>();
      for (Told each : batch) {
        written.add(each.written("hr-kills"));
        if (names.add(each.minute())) {
          model.computeIfAbsent(each.employee(), employee -> new Modelled()).take(each);
        }
      }
      feed.call(
              "POST",
              "/v1/hr/events",
              BodyPublishers.ofString("[" + String.join(",", written) + "]"),
              "Content-Type",
              "application/cloudevents-batch+json")
          .expect(202);
      if (i == EVENTS / 3) {
        system.kill("bulk-ingest-service");
      } else if (i == EVENTS / 3 * 2) {
        system.kill("user-service");
      }
    }

    Awaitility.await("every event is decided")
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(500))
        .ignoreExceptions()
        .until(
            () -> {
              Gateway.Answer answer = admin.get("/v1/hr/feed");
              if (answer.status() != 200) {
                return false;
              }
              JsonNode now = answer.json();
              if (now.path("state").asText().equals("PAUSED")) {
                admin.post("/v1/hr/feed/release", "");
              }
              return now.path("waiting").asInt() == 0 && receipts() == EVENTS;
            });
    Set<String> wanted = new TreeSet<>();
    model.forEach((employee, person) -> person.addTo(wanted, employee));
    Awaitility.await("accounts are as the model says")
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(500))
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(accounts()).isEqualTo(wanted));
  }

  /** An event, whose minute is its name. */
  private record Told(String type, int minute, String employee, String last, String department) {
    String written(String tenant) {
      return event(tenant, minute, type, minute, employee, last, department);
    }
  }

  /** As the newest event that came says. */
  private static final class Modelled {
    private int last = -1;
    private boolean account;
    private boolean left;
    private String department;

    void take(Told event) {
      if (event.minute() < last) {
        return;
      }
      last = event.minute();
      switch (event.type()) {
        case "hired" -> {
          account = true;
          left = false;
          department = event.department();
        }
        case "changed" -> {
          account |= !left;
          department = account ? event.department() : department;
        }
        default -> left = true;
      }
    }

    void addTo(Set<String> wanted, String employee) {
      if (account) {
        wanted.add(employee + (left ? " DISABLED " : " ACTIVE ") + department);
      }
    }
  }

  private static List<Told> events(Random random) {
    List<Told> events = new ArrayList<>();
    for (int minute = 0; minute < EVENTS; minute++) {
      if (minute > 0 && random.nextInt(6) == 0) {
        events.add(events.get(random.nextInt(events.size())));
        continue;
      }
      int number = random.nextInt(EMPLOYEES);
      String type = List.of("hired", "changed", "changed", "left").get(random.nextInt(4));
      events.add(
          new Told(
              type, minute, Integer.toString(number), "No" + number % 40, "D" + random.nextInt(9)));
    }
    Collections.shuffle(events, random);
    return events;
  }

  private long receipts() throws SQLException {
    return Long.parseLong(
        system
            .strings(
                "bulk-ingest-service", "SELECT count(*) FROM hr_event WHERE tenant_id = 'hr-kills'")
            .get(0));
  }

  private Set<String> accounts() throws SQLException {
    List<String> found =
        system.strings(
            "user-service",
            """
            SELECT employee_id || ' ' || state || ' ' || department FROM account
            WHERE tenant_id = 'hr-kills' AND state <> 'REMOVED'
            """);
    Set<String> accounts = new TreeSet<>(found);
    assertThat(accounts).as("one account for each").hasSameSizeAs(found);
    return accounts;
  }

  private static void tell(Gateway feed, String event) {
    feed.call(
            "POST",
            "/v1/hr/events",
            BodyPublishers.ofString(event),
            "Content-Type",
            "application/cloudevents+json")
        .expect(202);
  }

  private static String event(
      String tenant,
      int id,
      String type,
      int minute,
      String employee,
      String last,
      String department) {
    return """
        {"specversion":"1.0","id":"%d","source":"/hr","type":"io.muster.hr.%s","time":"%s",
         "data":{"tenant":"%s","employeeId":"%s","firstName":"Ann","lastName":"%s","department":"%s"}}"""
        .formatted(
            id, type, BEGINNING.plusSeconds(60L * minute), tenant, employee, last, department);
  }

  private static boolean isLicensed(JsonNode user) {
    return user != null && user.path("licenses").path(0).path("sku").asText().equals("E3");
  }

  private static void await(String what, Callable<Boolean> condition) {
    Awaitility.await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(condition);
  }

  private static String example(String file, String tenant) throws IOException {
    return Files.readString(
            Path.of(
                System.getProperty("muster.home"), "contracts/src/main/resources/examples", file))
        .replace("\"tenant\": \"contoso\"", "\"tenant\": \"" + tenant + "\"");
  }
}

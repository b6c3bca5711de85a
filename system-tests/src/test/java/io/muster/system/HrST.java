package io.muster.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Somebody is hired, changes and leaves, as an HR system tells it by HTTP. */
class HrST {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Instant BEGINNING = Instant.parse("2024-01-01T08:00:00Z");

  private final RunningSystem system = RunningSystem.shared();

  @Test
  void whoIsHiredHasALicensedAccountUntilTheyLeave() throws IOException {
    Gateway admin = system.as("hr-people", "tenant-admin");
    Gateway feed = system.as("hr-people", "hr-feed");
    admin.seats("E3", 5);
    String user = "/v1/users/chris.green@hr-people.com";

    tell(feed, example("hr-hired.json", "hr-people"));
    JsonNode hired =
        Awaitility.await("an account")
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(20))
            .until(() -> admin.get(user).json(), found -> isLicensed(found));
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
    List<JsonNode> jobs =
        Awaitility.await("the day's job is told, once a second")
            .atMost(PATIENCE)
            .until(() -> admin.pages("/v1/jobs?source=HR"), found -> !found.isEmpty());
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
  void whoCameByFileIsChangedAndLeavesThoughHrNeverAnnouncedThem() {
    Gateway admin = system.as("hr-unannounced", "tenant-admin");
    Gateway feed = system.as("hr-unannounced", "hr-feed");
    String user = "/v1/users/old.hand@elsewhere.org";
    admin.seats("E3", 5);
    admin.run(
        "operation=add",
        "UserPrincipalName,DisplayName,EmployeeId\nold.hand@elsewhere.org,Old Hand,77\n");
    admin.run("operation=enable&license=E3", "UserPrincipalName\nold.hand@elsewhere.org\n");

    tell(feed, event("hr-unannounced", 1, "changed", 0, "77", "Hand", "Archive"));
    await("a change", () -> admin.get(user).json().path("department").asText().equals("Archive"));
    tell(feed, event("hr-unannounced", 2, "left", 1, "77", "Hand", "Archive"));

    await("the end", () -> admin.get(user).json().path("state").asText().equals("DISABLED"));
    await(
        "the seat",
        () -> admin.get("/v1/subscriptions/E3").json().path("assignedSeats").asInt() == 0);
    assertThat(admin.pages("/v1/hr/events?limit=10"))
        .extracting(receipt -> receipt.path("disposition").asText())
        .containsExactly("APPLIED", "APPLIED");
    assertThat(admin.get("/v1/users/ann.hand@hr-unannounced.com").status())
        .as("no second account")
        .isEqualTo(404);
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

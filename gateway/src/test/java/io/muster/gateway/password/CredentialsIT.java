package io.muster.gateway.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.muster.contracts.command.Operation;
import io.muster.contracts.job.JobEvent;
import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.job.JobSource;
import io.muster.contracts.job.JobState;
import io.muster.gateway.BulkIngestStandIn;
import io.muster.gateway.Bus;
import io.muster.gateway.Callers;
import io.muster.gateway.GatewayPlatform;
import io.muster.gateway.Jobs;
import io.muster.gateway.UserServiceStandIn;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(GatewayPlatform.class)
class CredentialsIT {
  private static final String TENANT = "credentials";
  private static final String ADA = "ada@credentials.example";

  private final UserServiceStandIn users = UserServiceStandIn.shared();

  @Inject CollectingPasswords passwords;

  @ConfigProperty(name = "quarkus.http.test-port")
  int port;

  @Test
  void theSubmitterDownloadsThemWithFormulasNeutralised() {
    JobSnapshot job = job(ADA, JobState.SUCCEEDED);
    users.knows(
        handout(job),
        """
        {"items":[{"row":1,"userPrincipalName":"ü@x.com","password":"abcde-fghjk"},
        {"row":7,"userPrincipalName":"=cmd@x.com","password":"a\\"b,c"}],"whole":true}""");

    Response file = as(ADA).get(csv(job));

    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(new String(file.asByteArray(), StandardCharsets.UTF_8))
        .isEqualTo(
            "\uFEFFUserPrincipalName,Password,RowNumber\r\n"
                + "ü@x.com,abcde-fghjk,1\r\n"
                + "'=cmd@x.com,\"a\"\"b,c\",7\r\n");
    assertThat(file.contentType()).isEqualTo("text/csv; charset=utf-8");
    assertThat(file.header("Cache-Control")).isEqualTo("no-store");
    assertThat(file.header("Content-Disposition")).contains("credentials-" + job.id());
  }

  @Test
  void aJobThatGeneratedNoneGivesTheHeaderOnly() {
    JobSnapshot job = job(ADA, JobState.SUCCEEDED);
    users.knows(handout(job), "{\"items\":[],\"whole\":true}");

    assertThat(new String(as(ADA).get(csv(job)).asByteArray(), StandardCharsets.UTF_8))
        .isEqualTo("\uFEFFUserPrincipalName,Password,RowNumber\r\n");
  }

  @Test
  void whoeverOnlyLooksDoesNotBeginTheHandingOut() {
    JobSnapshot job = job(ADA, JobState.SUCCEEDED);
    users.knows(handout(job), "{\"items\":[],\"whole\":true}");

    Response looked = as(ADA).head(csv(job));

    assertThat(looked.statusCode()).isEqualTo(200);
    assertThat(looked.contentType()).isEqualTo("text/csv; charset=utf-8");
    assertThat(users.asked()).doesNotContain(handout(job));
    assertThat(as("bob@credentials.example").head(csv(job)).statusCode()).isEqualTo(403);
    assertThat(as(ADA).head(csv(job(ADA, JobState.RUNNING))).statusCode()).isEqualTo(409);
  }

  @Test
  void beforeTheJobsEndThereAreNone() {
    JobSnapshot job = job(ADA, JobState.RUNNING);

    assertProblem(as(ADA).get(csv(job)), 409, "JOB_NOT_FINISHED");
    assertProblem(as(ADA).delete(csv(job)), 409, "JOB_NOT_FINISHED");
  }

  @Test
  void nobodyElseGetsThem() {
    JobSnapshot job = job(ADA, JobState.SUCCEEDED);

    assertProblem(as("bob@credentials.example").get(csv(job)), 403, "FORBIDDEN");
    assertProblem(as("bob@credentials.example").delete(csv(job)), 403, "FORBIDDEN");
    assertProblem(Callers.as(TENANT, "pat", "password-admin").get(csv(job)), 404, "NOT_FOUND");
    assertProblem(Callers.as("elsewhere", ADA, "tenant-admin").get(csv(job)), 404, "NOT_FOUND");
    assertProblem(as(ADA).get("/v1/jobs/nonsense/credentials.csv"), 404, "NOT_FOUND");
  }

  @Test
  void thoseOfAJobOfHrAreForEveryTenantAdministrator() {
    JobSnapshot job =
        Jobs.changed(
            Jobs.snapshot(
                Jobs.newId(), 4, TENANT, "hr-feed", JobState.SUCCEEDED, 1, Map.of(), 1, 1),
            change -> {
              change.source = JobSource.HR;
              change.operations = Map.of(Operation.ENABLE, 1L);
            });
    tell(job, ADA);
    users.knows(handout(job), "{\"items\":[],\"whole\":true}");

    assertThat(as(ADA).get(csv(job)).statusCode()).isEqualTo(200);
    assertThat(link(as(ADA), job)).isEqualTo("/v1/jobs/" + job.id() + "/credentials.csv");
    assertProblem(Callers.as(TENANT, "hr-feed", "password-admin").get(csv(job)), 403, "FORBIDDEN");
  }

  @Test
  void whatUserServiceRefusesIsPassedOn() {
    JobSnapshot job = job(ADA, JobState.PARTIALLY_FAILED);
    users.onPath(
        handout(job),
        exchange ->
            BulkIngestStandIn.answer(
                exchange,
                410,
                "{\"code\":\"CREDENTIALS_GONE\",\"title\":\"x\",\"status\":410}"
                    .getBytes(StandardCharsets.UTF_8)));

    assertProblem(as(ADA).get(csv(job)), 410, "CREDENTIALS_GONE");
  }

  @Test
  void shreddingIsPassedOn() {
    JobSnapshot job = job(ADA, JobState.SUCCEEDED);
    List<String> methods = new ArrayList<>();
    users.onPath(
        handout(job),
        exchange -> {
          methods.add(exchange.getRequestMethod());
          BulkIngestStandIn.answer(exchange, 204, new byte[0]);
        });

    assertThat(as(ADA).delete(csv(job)).statusCode()).isEqualTo(204);

    assertThat(methods).containsExactly("DELETE");
  }

  /** Rows enough that half of them have left before the break is seen. */
  @Test
  void halfAFileNeverLooksWhole() {
    JobSnapshot job = job(ADA, JobState.SUCCEEDED);
    StringBuilder half = new StringBuilder("{\"items\":[");
    for (int row = 1; row <= 20_000; row++) {
      half.append("{\"row\":%d,\"userPrincipalName\":\"u\",\"password\":\"p\"},".formatted(row));
    }
    for (String broken :
        List.of(
            half.toString(),
            half + "{\"code\":\"UNAVAILABLE\"}]}",
            half.substring(0, half.length() - 1) + "]}")) {
      users.knows(handout(job), broken);
      assertThatThrownBy(() -> download(job)).as("broken off").isInstanceOf(IOException.class);
    }
  }

  @Test
  void theJobShowsTheWayToItsSubmitterWhenItIsFinal() {
    JobSnapshot job = job(ADA, JobState.SUCCEEDED);
    JobSnapshot running = job(ADA, JobState.RUNNING);

    assertThat(link(as(ADA), job)).isEqualTo("/v1/jobs/" + job.id() + "/credentials.csv");
    assertThat(link(as("bob@credentials.example"), job)).isNull();
    assertThat(link(Callers.as(TENANT, ADA, "operator"), job)).isNull();
    assertThat(link(as(ADA), running)).isNull();
  }

  @Test
  void aSingleCallsPasswordIsTakenOnce() {
    UUID with = Jobs.newId();
    UUID without = Jobs.newId();
    String bearer = "Bearer " + Callers.token(TENANT, ADA, "tenant-admin");
    users.knows(
        "/v1/jobs/" + with + "/handout/take",
        "{\"userPrincipalName\":\"u@x.com\",\"password\":\"abcde\"}");

    assertThat(passwords.ofSingleCall(with, bearer)).contains("abcde");
    assertThat(passwords.ofSingleCall(without, bearer)).isEmpty();
  }

  private int download(JobSnapshot job) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + csv(job)))
            .header("Authorization", "Bearer " + Callers.token(TENANT, ADA, "tenant-admin"))
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode();
  }

  private static void assertProblem(Response answer, int status, String code) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.contentType()).startsWith("application/problem+json");
    assertThat(answer.jsonPath().getString("code")).isEqualTo(code);
  }

  private static String link(
      io.restassured.specification.RequestSpecification caller, JobSnapshot job) {
    return caller.get("/v1/jobs/" + job.id()).jsonPath().getString("links.credentials");
  }

  private static io.restassured.specification.RequestSpecification as(String subject) {
    return Callers.as(TENANT, subject, "tenant-admin");
  }

  private static String csv(JobSnapshot job) {
    return "/v1/jobs/" + job.id() + "/credentials.csv";
  }

  private static String handout(JobSnapshot job) {
    return "/v1/jobs/" + job.id() + "/handout";
  }

  private static JobSnapshot job(String submittedBy, JobState state) {
    JobSnapshot job = Jobs.snapshot(Jobs.newId(), 4, TENANT, submittedBy, state, 1, Map.of(), 1, 1);
    tell(job, submittedBy);
    return job;
  }

  private static void tell(JobSnapshot job, String viewer) {
    try (Bus bus = new Bus()) {
      bus.tell(JobEvent.Type.FINISHED, job);
    }
    await().until(() -> as(viewer).get("/v1/jobs/" + job.id()).getStatusCode() == 200);
  }
}

package io.muster.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.system.CommandLine.Ended;
import io.muster.system.Gateway.Answer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A CSV becomes accounts: by the command line and by HTTP, once, twice, and many times at once. */
class MainJobST {
  private final RunningSystem system = RunningSystem.shared();

  @Test
  void whatTheGeneratorMakesBecomesAccountsOnceAndOnlyOnce() {
    byte[] file =
        CommandLine.run("generate", "--operation", "add", "--rows", "100", "--seed", "41")
            .expectExit(0)
            .out()
            .getBytes(StandardCharsets.UTF_8);
    Gateway admin = system.as("contoso", "tenant-admin");

    Ended first = importFile(file, "--watch", "--json").expectExit(0);
    JsonNode job = Json.read(first.out());
    assertThat(job.path("state").asText()).isEqualTo("SUCCEEDED");
    assertThat(job.path("rows").path("succeeded").asLong()).isEqualTo(100);

    Ended again = importFile(file, "--watch").expectExit(3);
    assertThat(again.err()).contains(job.path("id").asText());

    Ended allowed = importFile(file, "--watch", "--json", "--allow-duplicate").expectExit(1);
    JsonNode second = Json.read(allowed.out());
    assertThat(second.path("state").asText()).isEqualTo("FAILED");
    assertThat(second.path("rows").path("failed").asLong()).isEqualTo(100);
    assertThat(second.path("failures").get(0).path("code").asText())
        .isEqualTo("USER_ALREADY_EXISTS");

    JsonNode rows = admin.get("/v1/jobs/" + second.path("id").asText() + "/rows?limit=1000").json();
    assertThat(rows.path("items")).hasSize(100);
    JsonNode row = rows.path("items").get(0);
    assertThat(row.path("row").asLong()).isEqualTo(1);
    assertThat(row.path("outcome").asText()).isEqualTo("FAILED");
    assertThat(row.path("parts").path("USER").asText()).isEqualTo("REJECTED");
  }

  @Test
  void sixUploadsAtOnceUnderOneKeyAreOneJob() throws Exception {
    Gateway admin = system.as("sixfold", "tenant-admin");
    String csv = "UserPrincipalName,DisplayName\nsix@sixfold.com,Six\n";
    ExecutorService clients = Executors.newFixedThreadPool(6);
    try {
      Callable<Answer> upload =
          () -> admin.upload("operation=add", csv, "Idempotency-Key", "one-key");
      List<Future<Answer>> answers =
          clients.invokeAll(List.of(upload, upload, upload, upload, upload, upload));
      Set<String> ids = new HashSet<>();
      for (Future<Answer> answer : answers) {
        ids.add(answer.get().expect(202).json().path("id").asText());
      }
      assertThat(ids).hasSize(1);
      assertThat(admin.awaitEnd(ids.iterator().next()).path("rows").path("succeeded").asLong())
          .isEqualTo(1);
      assertThat(admin.get("/v1/jobs").json().path("items")).hasSize(1);
    } finally {
      clients.shutdownNow();
    }

    Answer other =
        admin.upload(
            "operation=add",
            "UserPrincipalName,DisplayName\nseven@sixfold.com,Seven\n",
            "Idempotency-Key",
            "one-key");
    assertThat(other.expect(422).code()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
  }

  @Test
  void aSingleUserIsAJobOfOneRow() {
    Gateway admin = system.as("one-single", "tenant-admin");

    Answer added =
        admin
            .post(
                "/v1/users",
                "{\"userPrincipalName\":\"Zoë@one-single.com\",\"firstName\":\"Zoë\",\"lastName\":\"Ng\"}")
            .expect(201);

    assertThat(added.json().path("state").asText()).isEqualTo("DISABLED");
    assertThat(added.json().path("displayName").asText()).isEqualTo("Zoë Ng");
    assertThat(added.json().path("credential").asText()).isEqualTo("NONE");
    assertThat(admin.get("/v1/users/zo%C3%AB@one-single.com").expect(200).json().path("id"))
        .isEqualTo(added.json().path("id"));
    assertThat(admin.get("/v1/jobs").json().path("items")).isEmpty();
    assertThat(admin.get("/v1/jobs?source=SINGLE").json().path("items")).hasSize(1);
    Answer twice =
        admin.post(
            "/v1/users", "{\"userPrincipalName\":\"ZOË@one-single.com\",\"displayName\":\"Z\"}");
    assertThat(twice.expect(409).code()).isEqualTo("USER_ALREADY_EXISTS");
    Answer refused = admin.post("/v1/users", "{\"userPrincipalName\":\"no at sign\"}");
    assertThat(refused.expect(422).code()).isEqualTo("INVALID_USER_PRINCIPAL_NAME");
  }

  @Test
  void anotherTenantsJobsAndUsersDoNotExist() {
    Gateway owner = system.as("owner", "tenant-admin");
    Gateway stranger = system.as("stranger", "tenant-admin");
    String id =
        owner
            .upload("operation=add", "UPN,Display name\nmine@owner.com,Mine\n")
            .expect(202)
            .json()
            .path("id")
            .asText();
    owner.awaitEnd(id);

    for (String path : List.of("", "/rows", "/events", "/failures.csv")) {
      assertThat(stranger.get("/v1/jobs/" + id + path).status()).as(path).isEqualTo(404);
    }
    assertThat(stranger.get("/v1/users/mine@owner.com").expect(404).code()).isEqualTo("NOT_FOUND");
    assertThat(stranger.get("/v1/users").json().path("items")).isEmpty();
    assertThat(new Gateway(system.url(), null).get("/v1/jobs/" + id).expect(401).code())
        .isEqualTo("UNAUTHENTICATED");
  }

  private Ended importFile(byte[] file, String... more) {
    List<String> command = new ArrayList<>(List.of("import", "-", "--operation", "add"));
    command.addAll(List.of("--data", system.data().toString()));
    command.addAll(List.of(more));
    return CommandLine.run(file, command.toArray(String[]::new));
  }
}

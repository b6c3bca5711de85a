package io.muster.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two processes of each service, and a client that speaks to both gateways. */
class ScaledOutST {
  private static final int ROWS = 20_000;
  private static final int SEATS = ROWS - 10;

  private static RunningSystem system;
  private static boolean own;

  @BeforeAll
  static void start() {
    own = Integer.getInteger("muster.instances", 1) < 2;
    system = own ? RunningSystem.start(2) : RunningSystem.shared();
  }

  @AfterAll
  static void stop() {
    if (own) {
      system.stop();
    }
  }

  @Test
  void everyRowIsDoneOnceThoughOneInstanceOfEachServiceIsKilled() throws Exception {
    String tenant = "scaled";
    Gateway one = system.via(0, tenant, "tenant-admin");
    Gateway two = system.via(1, tenant, "tenant-admin");
    JsonNode added =
        two.run("operation=add", new String(generated("add", tenant), StandardCharsets.UTF_8));
    assertThat(added.path("rows").path("succeeded").asLong()).isEqualTo(ROWS);
    one.seats("E3", SEATS);
    String id =
        one.upload("operation=enable&license=E3", generated("enable", tenant))
            .expect(202)
            .json()
            .path("id")
            .asText();
    ServerSentEvents events = ServerSentEvents.of(system.gateways().get(1), two.token(), id);
    Awaitility.await("some rows are done, not all")
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> two.get("/v1/jobs/" + id).json().path("rows").path("succeeded").asLong() > 500);

    String dispatcher = only(system.strings("bulk-ingest-service", HOLDER.formatted(id)));
    long epoch = epoch(id);
    long killed = System.nanoTime();
    for (String victim : List.of(dispatcher, "user-service-2", "license-service", "gateway")) {
      system.kill(victim);
    }

    Awaitility.await("another dispatcher goes on within 15 s")
        .atMost(Duration.ofSeconds(15))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> epoch(id) > epoch);
    System.out.printf(
        "%s was killed, its job was taken over after %.1f s%n",
        dispatcher, (System.nanoTime() - killed) / 1e9);
    JsonNode job = two.awaitEnd(id);
    System.out.printf(
        "the job of %d rows ended %.1f s after the kills%n",
        ROWS, (System.nanoTime() - killed) / 1e9);
    assertThat(job.path("rows").path("succeeded").asLong()).isEqualTo(SEATS);
    assertThat(job.path("rows").path("failed").asLong()).isEqualTo(ROWS - SEATS);
    assertThat(job.path("failures")).hasSize(1);
    assertThat(job.path("failures").get(0).path("code").asText()).isEqualTo("NO_SEATS_LEFT");
    nothingIsDoneTwiceOrHalf(tenant);
    List<JsonNode> heard = events.untilTheEnd();
    assertThat(heard.get(heard.size() - 1).path("state").asText()).isEqualTo("PARTIALLY_FAILED");
    assertThat(heard).hasSizeGreaterThan(2);
    assertThat(heard)
        .extracting(each -> each.path("rows").path("succeeded").asLong())
        .isSorted()
        .endsWith((long) SEATS);
    Awaitility.await("all is ready again").atMost(Duration.ofSeconds(60)).until(system::isReady);
    assertThat(one.get("/v1/jobs/" + id).expect(200).json().path("rows"))
        .isEqualTo(two.get("/v1/jobs/" + id).expect(200).json().path("rows"));
  }

  private static final String HOLDER =
      """
      SELECT d.name FROM dispatch_checkpoint c JOIN dispatcher d ON d.id::text = c.owner
      WHERE c.job_id = '%s' AND c.acked_row < c.total
      """;

  private static void nothingIsDoneTwiceOrHalf(String tenant) throws SQLException {
    assertThat(
            system.strings(
                "user-service",
                """
                SELECT state || ' ' || credential || ' ' || count(*) FROM account
                WHERE tenant_id = '%s' GROUP BY state, credential ORDER BY 1
                """
                    .formatted(tenant)))
        .containsExactly("ACTIVE GENERATED " + SEATS, "DISABLED NONE " + (ROWS - SEATS));
    assertThat(
            system.strings(
                "user-service",
                "SELECT count(*) FROM credential WHERE superseded_at IS NULL AND tenant_id = '"
                    + tenant
                    + "'"))
        .containsExactly(Long.toString(SEATS));
    assertThat(
            system.strings(
                "license-service",
                """
                SELECT s.assigned_seats || ' ' || count(a.sku) FROM subscription s
                LEFT JOIN license_assignment a ON a.tenant_id = s.tenant_id AND a.sku = s.sku
                WHERE s.tenant_id = '%s' GROUP BY s.assigned_seats
                """
                    .formatted(tenant)))
        .containsExactly(SEATS + " " + SEATS);
  }

  /** Of two gateways one counts a row's result; who waits at the other hears of it, too. */
  @Test
  void singleCallsAreAnsweredByEitherGateway() {
    List<Gateway> both = bothOf("singles");
    both.get(0).seats("E3", 100);
    long slowest = 0;
    for (int i = 1; i <= 16; i++) {
      String upn = "u" + i + "@singles.com";
      long begin = System.nanoTime();
      both.get(i % 2)
          .post(
              "/v1/users", "{\"userPrincipalName\":\"%s\",\"displayName\":\"User\"}".formatted(upn))
          .expect(201);
      JsonNode enabled =
          both.get((i + 1) % 2)
              .post("/v1/users/" + upn + "/enable", "{\"licenses\":[\"E3\"]}")
              .expect(200)
              .json();
      slowest = Math.max(slowest, System.nanoTime() - begin);
      assertThat(enabled.path("password").asText()).isNotEmpty();
      assertThat(enabled.path("licenses").get(0).path("sku").asText()).isEqualTo("E3");
    }
    System.out.printf("slowest add and enable of one user: %.2f s%n", slowest / 1e9);
  }

  @Test
  void ofManyUploadsWithOneKeyAtBothGatewaysOneBecomesTheJob() {
    List<Gateway> both = bothOf("keys");
    String csv = people("keys", 2_000);
    List<CompletableFuture<String>> answers =
        IntStream.range(0, 6)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () ->
                            both.get(i % 2)
                                .upload("operation=add", csv, "Idempotency-Key", "only-once")
                                .expect(202)
                                .json()
                                .path("id")
                                .asText()))
            .toList();

    assertThat(answers.stream().map(CompletableFuture::join).distinct()).hasSize(1);
  }

  @Test
  void aQuotaHoldsForAllInstancesTogether() {
    List<Gateway> both = bothOf("metered");
    system
        .via(1, "operations", "operator")
        .put("/v1/tenants/metered", "{\"quotas\":{\"uploadsPerMinute\":2}}")
        .expect(200);

    List<Integer> answered =
        IntStream.range(0, 4)
            .mapToObj(
                i -> both.get(i % 2).upload("operation=add", people("metered" + i, 3)).status())
            .toList();

    assertThat(answered).containsExactly(202, 202, 429, 429);
  }

  @Test
  void whatOneGatewayWasToldTheOtherShowsAtOnce() {
    List<Gateway> both = bothOf("told");
    JsonNode job =
        both.get(0)
            .upload("operation=add&startAt=2999-01-01T00:00:00Z", people("told", 500))
            .expect(202)
            .json();

    assertThat(both.get(1).job(job).path("state").asText()).isEqualTo("QUEUED");
    both.get(1).control(job, "pause");
    assertThat(both.get(0).job(job).path("state").asText()).isEqualTo("PAUSED");
    both.get(0).control(job, "cancel");
    assertThat(both.get(1).awaitState(job, "CANCELLED").path("rows").path("cancelled").asLong())
        .isEqualTo(500);
  }

  @Test
  void passwordsAreHandedOutByEitherGatewayAndGoneAtBoth() {
    List<Gateway> both = bothOf("handed");
    ActivationST.add(both.get(0), "handed", 30);
    JsonNode job = both.get(1).run("operation=enable", ActivationST.names("handed", 1, 30));
    String credentials = "/v1/jobs/" + job.path("id").asText() + "/credentials.csv";

    List<String> first = both.get(0).get(credentials).expect(200).text().lines().toList();

    assertThat(first).hasSize(31);
    assertThat(both.get(1).get(credentials).expect(200).text().lines().toList()).isEqualTo(first);
    both.get(0).delete(credentials);
    assertThat(both.get(1).get(credentials).expect(410).code()).isEqualTo("CREDENTIALS_GONE");
  }

  private static String people(String domain, int users) {
    return IntStream.rangeClosed(1, users)
        .mapToObj(i -> "u%d@%s.com,User %d\n".formatted(i, domain, i))
        .collect(Collectors.joining("", "UserPrincipalName,DisplayName\n", ""));
  }

  private static List<Gateway> bothOf(String tenant) {
    return List.of(system.via(0, tenant, "tenant-admin"), system.via(1, tenant, "tenant-admin"));
  }

  private static long epoch(String job) throws SQLException {
    return Long.parseLong(
        only(
            system.strings(
                "bulk-ingest-service",
                "SELECT epoch FROM dispatch_checkpoint WHERE job_id = '" + job + "'")));
  }

  private static String only(List<String> one) {
    assertThat(one).hasSize(1);
    return one.get(0);
  }

  private static byte[] generated(String operation, String tenant) {
    return CommandLine.run(
            "generate",
            "--operation",
            operation,
            "--rows",
            Integer.toString(ROWS),
            "--domain",
            tenant + ".com")
        .expectExit(0)
        .out()
        .getBytes(StandardCharsets.UTF_8);
  }
}
